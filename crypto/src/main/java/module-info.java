/// Sessions between devices: letters, lanes and envelopes; the only module that names libsignal.
module im.waxwing.crypto {
  exports im.waxwing.crypto;

  requires transitive im.waxwing.base;
  requires transitive im.waxwing.model;
  requires im.waxwing.primitives;
  requires org.signal.libsignal;
  requires java.management;
  requires jdk.management;
  requires static transitive org.jspecify;
}
