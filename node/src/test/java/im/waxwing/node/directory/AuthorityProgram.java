package im.waxwing.node.directory;

/// An authority as a process of its own, so that a test can kill it. Argument: its folder.
final class AuthorityProgram {
  private AuthorityProgram() {}

  public static void main(String[] args) {
    System.exit(DirectoryProgram.run("run", "--data", args[0]));
  }
}
