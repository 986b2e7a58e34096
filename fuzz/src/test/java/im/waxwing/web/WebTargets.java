package im.waxwing.web;

import im.waxwing.api.SetUp;
import im.waxwing.fuzz.Cases;
import im.waxwing.fuzz.Target;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Bodies of API calls: the name of a request's record, a line feed, JSON.
public final class WebTargets {
  private static final Map<String, Class<?>> REQUESTS =
      Stream.concat(Stream.of(SetUp.class), Arrays.stream(Operations.class.getDeclaredClasses()))
          .filter(Class::isRecord)
          .collect(Collectors.toMap(Class::getSimpleName, type -> type));

  private WebTargets() {}

  public static List<Target> all() {
    return List.of(
        Target.of("api-body", "im.waxwing.web.ApiJson#read", WebTargets::read, WebTargets::bodies));
  }

  private static void read(byte[] input) throws Exception {
    int end = 0;
    while (end < input.length && input[end] != '\n') {
      end++;
    }
    String name = new String(input, 0, end, StandardCharsets.UTF_8);
    byte[] json = Arrays.copyOfRange(input, Math.min(end + 1, input.length), input.length);
    ApiJson.write(ApiJson.read(json, REQUESTS.getOrDefault(name, Operations.None.class)));
  }

  private static Cases bodies() {
    return new Cases()
        .with("success-none", "None\n{}")
        .with("success-send", "Send\n{\"conversation\":\"c\",\"id\":\"i\",\"text\":\"\\u00e4\"}")
        .with("success-messages", "Messages\n{\"conversation\":\"c\",\"limit\":7}")
        .with("success-invite", "Invite\n{\"lifeHours\":24}")
        .with("null", "Name\nnull")
        .with("empty", "Name\n")
        .with("no-json", "Name\n{name:1}")
        .with("unknown-field", "None\n{\"more\":1}")
        .with("field-missing", "Name\n{}")
        .with("field-twice", "Name\n{\"name\":\"a\",\"name\":\"b\"}")
        .with("number-for-text", "Name\n{\"name\":1}")
        .with("text-for-number", "Invite\n{\"lifeHours\":\"24\"}")
        .with("number-too-large", "Invite\n{\"lifeHours\":99999999999}")
        .with("more-behind", "None\n{}{}")
        .with("too-deep", "None\n" + "[".repeat(100));
  }
}
