/// The generated types of what is inside a letter.
module im.waxwing.content {
  requires com.google.protobuf;
  requires static org.jspecify;
}
