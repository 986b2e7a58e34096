package im.waxwing.web;

import im.waxwing.base.ByteString;
import im.waxwing.base.SecretBytes;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The page's files from the jar, under a policy that lets nothing in from outside and nothing out.
///
/// Safe for many threads.
final class PageFiles {
  private static final Pattern NAME = Pattern.compile("/[A-Za-z0-9_-]+(?:[./][A-Za-z0-9_-]+)*");
  private static final Set<HttpMethod> READS = Set.of(HttpMethod.GET, HttpMethod.HEAD);
  private static final String NONCE = "@CSP_NONCE@";
  private static final int NONCE_SIZE = 16;
  private static final Map<String, String> TYPES =
      Map.of(
          "html", "text/html; charset=utf-8",
          "js", "text/javascript; charset=utf-8",
          "css", "text/css; charset=utf-8",
          "json", "application/json",
          "webmanifest", "application/manifest+json",
          "svg", "image/svg+xml",
          "png", "image/png",
          "ico", "image/x-icon",
          "woff2", "font/woff2",
          "txt", "text/plain; charset=utf-8");

  private final Map<String, byte[]> files = new ConcurrentHashMap<>();

  void serve(HttpServerRequest request) {
    HttpServerResponse response = request.response();
    if (!READS.contains(request.method())) {
      response.setStatusCode(405).end();
    } else if (request.path().equals("/")) {
      serveIndex(request);
    } else {
      file(request.path())
          .ifPresentOrElse(
              content -> serve(request.path(), content, response),
              () -> response.setStatusCode(404).end());
    }
  }

  /// The one document, with a nonce that is good for this load only.
  private void serveIndex(HttpServerRequest request) {
    HttpServerResponse response = request.response();
    Optional<byte[]> index = file("/index.html");
    if (index.isEmpty()) {
      response.setStatusCode(404).end();
      return;
    }
    String nonce = ByteString.copyOf(SecretBytes.generate(NONCE_SIZE).exposeSecret()).base64Url();
    String html = new String(index.get(), StandardCharsets.UTF_8).replace(NONCE, nonce);
    response
        .putHeader("Content-Type", "text/html; charset=utf-8")
        .putHeader("Content-Security-Policy", policy(nonce, request.getHeader("Host")))
        .putHeader("Permissions-Policy", PERMISSIONS)
        .putHeader("Cache-Control", "no-store")
        .end(Buffer.buffer(html));
  }

  private static void serve(String path, byte[] content, HttpServerResponse response) {
    String extension = path.substring(path.lastIndexOf('.') + 1);
    // The build puts a hash of the content into the names under assets.
    boolean named = path.startsWith("/assets/");
    response
        .putHeader("Content-Type", TYPES.getOrDefault(extension, "application/octet-stream"))
        .putHeader("Content-Security-Policy", "default-src 'none'; sandbox")
        .putHeader("Cache-Control", named ? "private, max-age=31536000, immutable" : "no-cache")
        .end(Buffer.buffer(content));
  }

  private static String policy(String nonce, String host) {
    return String.join(
        "; ",
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self' 'nonce-" + nonce + "'",
        "img-src 'self' blob:",
        "media-src 'self' blob: mediastream:",
        "font-src 'self'",
        "connect-src 'self' ws://" + host,
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
        "require-trusted-types-for 'script'",
        "trusted-types 'none'");
  }

  /// All that a browser may be asked for, refused, save the camera for scanning a safety number.
  private static final String PERMISSIONS =
      "accelerometer=(), autoplay=(), browsing-topics=(), camera=(self),"
          + " display-capture=(), geolocation=(), gyroscope=(), hid=(), idle-detection=(),"
          + " magnetometer=(), microphone=(), midi=(), payment=(), publickey-credentials-get=(),"
          + " screen-wake-lock=(), serial=(), usb=(), xr-spatial-tracking=()";

  private Optional<byte[]> file(String path) {
    if (!NAME.matcher(path).matches()) {
      return Optional.empty();
    }
    return Optional.ofNullable(files.computeIfAbsent(path, PageFiles::load));
  }

  private static byte @Nullable [] load(String path) {
    try (InputStream in = PageFiles.class.getResourceAsStream("page" + path)) {
      return in == null ? null : in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException("the jar cannot be read", e);
    }
  }
}
