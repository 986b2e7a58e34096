package im.waxwing.cli;

import java.util.Optional;
import picocli.CommandLine.IVersionProvider;

/// The program's version, as its module carries it.
public final class Version implements IVersionProvider {
  public static final String TEXT =
      Optional.ofNullable(Version.class.getModule().getDescriptor())
          .flatMap(module -> module.rawVersion())
          .orElse("unreleased");

  /// Made by picocli, and by programs for their own `--version`.
  public Version() {}

  @Override
  public String[] getVersion() {
    return new String[] {"waxwing " + TEXT};
  }
}
