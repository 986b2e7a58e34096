/// The generated types of what is inside a letter.
module im.waxwing.content {
  requires transitive com.google.protobuf;
  requires static org.jspecify;
}
