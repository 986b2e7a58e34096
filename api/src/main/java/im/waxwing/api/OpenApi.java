package im.waxwing.api;

import java.io.InputStream;
import java.util.Objects;

/// The description of the local API for machines: OpenAPI 3.1, in UTF-8. A test compares it with
/// [Messenger] and its records.
public final class OpenApi {
  private OpenApi() {}

  /// The document; the caller closes it.
  public static InputStream open() {
    return Objects.requireNonNull(
        OpenApi.class.getResourceAsStream("openapi.json"), "the module holds its document");
  }
}
