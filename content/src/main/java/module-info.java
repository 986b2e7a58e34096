/// The generated types of what is inside a letter.
module im.waxwing.content {
  exports im.waxwing.content.proto;

  requires transitive com.google.protobuf;
  requires static org.jspecify;
}
