/// The encrypted database of one device.
module im.waxwing.store {
  exports im.waxwing.store;

  requires transitive im.waxwing.base;
  requires transitive im.waxwing.model;
  requires transitive im.waxwing.crypto;
  requires java.sql;
  requires org.xerial.sqlitejdbc;
  requires static org.jspecify;
}
