/// The encrypted database of one device.
module im.waxwing.store {
  requires transitive im.waxwing.base;
  requires transitive im.waxwing.model;
  requires im.waxwing.crypto;
  requires org.xerial.sqlitejdbc;
  requires static org.jspecify;
}
