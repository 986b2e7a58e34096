package im.waxwing.web;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.cfg.MutableCoercionConfig;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.jsontype.NamedType;
import com.fasterxml.jackson.databind.type.LogicalType;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import im.waxwing.api.Event;
import im.waxwing.api.ProblemException;
import im.waxwing.api.ProblemKind;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// The records of the API as JSON and back: strict in what it reads, because strangers may write.
final class ApiJson {
  /// Largest body of a call, in bytes.
  static final int MAX_BODY = 64 * 1024;

  /// Most levels of nesting.
  static final int MAX_DEPTH = 16;

  private static final ObjectMapper MAPPER = mapper();

  private ApiJson() {}

  static byte[] write(Object value) {
    try {
      return MAPPER.writeValueAsBytes(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("our own records can be written", e);
    }
  }

  static String writeEvent(Event event) {
    try {
      return MAPPER.writerFor(Event.class).writeValueAsString(event);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("our own events can be written", e);
    }
  }

  /// Reads one object with exactly the fields of `type`.
  static <T> T read(byte[] json, Class<T> type) throws ProblemException {
    try {
      T value = MAPPER.readValue(json, type);
      if (value == null) {
        throw new ProblemException(ProblemKind.BAD_REQUEST);
      }
      return value;
    } catch (IOException e) {
      // The parser's text quotes what was sent; it is dropped.
      throw new ProblemException(ProblemKind.BAD_REQUEST);
    }
  }

  private static ObjectMapper mapper() {
    JsonFactory factory =
        JsonFactory.builder()
            .streamReadConstraints(
                StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxDocumentLength(MAX_BODY)
                    .maxStringLength(MAX_BODY)
                    .maxNumberLength(32)
                    .build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .build();
    return JsonMapper.builder(factory)
        .addModules(new Jdk8Module(), new JavaTimeModule())
        .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
        .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
        .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
        .enable(DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
        .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
        .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
        .disable(SerializationFeature.WRITE_DATE_TIMESTAMPS_AS_NANOSECONDS)
        .withCoercionConfig(LogicalType.Textual, ApiJson::onlyFromText)
        .withConfigOverride(
            List.class, lists -> lists.setSetterInfo(JsonSetter.Value.forContentNulls(Nulls.FAIL)))
        .addMixIn(Event.class, Typed.class)
        .registerSubtypes(eventTypes())
        .build();
  }

  private static void onlyFromText(MutableCoercionConfig text) {
    text.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
        .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
        .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail);
  }

  private static NamedType[] eventTypes() {
    return Arrays.stream(Event.class.getPermittedSubclasses())
        .map(type -> new NamedType(type, kebab(type.getSimpleName())))
        .toArray(NamedType[]::new);
  }

  private static String kebab(String name) {
    return name.replaceAll("(?<!^)([A-Z])", "-$1").toLowerCase(Locale.ROOT);
  }

  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
  private interface Typed {}
}
