package im.waxwing.web;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// One HTTP exchange written by hand, so that a test may lie in every header.
final class RawHttp {
  private final List<String> lines = new ArrayList<>();
  private byte[] body = new byte[0];

  private RawHttp(String requestLine) {
    lines.add(requestLine);
  }

  static RawHttp get(String path) {
    return new RawHttp("GET " + path + " HTTP/1.1");
  }

  static RawHttp post(String path, String json) {
    RawHttp request = new RawHttp("POST " + path + " HTTP/1.1");
    request.body = json.getBytes(StandardCharsets.UTF_8);
    return request
        .header("Content-Type", "application/json")
        .header("Content-Length", Integer.toString(request.body.length));
  }

  RawHttp header(String name, String value) {
    lines.add(name + ": " + value);
    return this;
  }

  RawHttp without(String name) {
    lines.removeIf(line -> line.startsWith(name + ":"));
    return this;
  }

  Answer send(int port) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      header("Connection", "close");
      String head = String.join("\r\n", lines) + "\r\n\r\n";
      socket.getOutputStream().write(head.getBytes(StandardCharsets.UTF_8));
      socket.getOutputStream().write(body);
      socket.getOutputStream().flush();
      return new Answer(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
    }
  }

  record Answer(String text) {
    int status() {
      return Integer.parseInt(text.split(" ", 3)[1]);
    }

    Optional<String> header(String name) {
      return text.substring(0, text.indexOf("\r\n\r\n"))
          .lines()
          .filter(line -> line.regionMatches(true, 0, name + ":", 0, name.length() + 1))
          .map(line -> line.substring(name.length() + 1).strip())
          .findFirst();
    }

    String body() {
      return text.substring(text.indexOf("\r\n\r\n") + 4);
    }
  }
}
