package im.waxwing.fuzz;

import com.code_intelligence.jazzer.Jazzer;
import java.nio.file.Files;
import java.nio.file.Path;

/// Runs one target under Jazzer, with `fuzz` as the working folder. Inputs that reach something new
/// and those that show a bug lie in `target/fuzz/TARGET` afterwards.
public final class Campaign {
  private Campaign() {}

  /// @param arguments the target's name, and for how many seconds
  public static void main(String[] arguments) throws Exception {
    String target = arguments[0];
    Path found = Files.createDirectories(Path.of("target", "fuzz", target));
    Jazzer.main(
        new String[] {
          "--target_class=im.waxwing.fuzz.Fuzz",
          "--target_args=" + target,
          "--instrumentation_includes=im.waxwing.**:com.fasterxml.jackson.**",
          "--reproducer_path=" + found,
          "-artifact_prefix=" + found + "/",
          "-max_total_time=" + Integer.parseInt(arguments[1]),
          "-max_len=24576",
          "-timeout=60",
          found.toString(),
          Path.of("src/test/resources/corpus", target).toString()
        });
  }
}
