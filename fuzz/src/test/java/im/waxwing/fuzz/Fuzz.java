package im.waxwing.fuzz;

/// What Jazzer calls: one target, named by its arguments.
@SuppressWarnings("NonFinalStaticField") // Jazzer calls static methods only
public final class Fuzz {
  private static Target target = Targets.ALL.getFirst();

  private Fuzz() {}

  public static void fuzzerInitialize(String[] arguments) {
    target = Targets.named(arguments[0]);
  }

  public static void fuzzerTestOneInput(byte[] input) throws Exception {
    try {
      target.reading().read(input);
    } catch (Exception e) {
      if (!Target.isRefusal(e)) {
        throw e;
      }
    }
  }
}
