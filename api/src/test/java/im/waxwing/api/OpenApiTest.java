package im.waxwing.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/// The OpenAPI document against [Messenger] and the records, so that they cannot drift apart.
class OpenApiTest {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final String PATH = "/api/v1/";

  private final JsonNode document = read();

  @Test
  void everyOperationOfTheMessengerIsDescribedAndNoOther() {
    TreeSet<String> expected = new TreeSet<>(List.of("session", "open-page"));
    operations().forEach(method -> expected.add(kebab(method.getName())));

    TreeSet<String> described = new TreeSet<>();
    document
        .get("paths")
        .properties()
        .forEach(
            path -> {
              if (path.getValue().has("post")) {
                described.add(path.getKey().substring(PATH.length()));
              }
            });

    assertThat(described).isEqualTo(expected);
  }

  @Test
  void everyRequestHasTheParametersOfItsMethod() {
    for (Method method : operations()) {
      JsonNode schema = post(method).at("/requestBody/content/application~1json/schema");

      assertThat(withoutWords(schema)).as(method.getName()).isEqualTo(request(method));
    }
  }

  @Test
  void everyAnswerHasTheTypeOfItsMethod() {
    for (Method method : operations()) {
      JsonNode schema = post(method).at("/responses/200/content/application~1json/schema");
      Type type = method.getGenericReturnType();

      assertThat(withoutWords(schema))
          .as(method.getName())
          .isEqualTo(type == void.class ? object(Map.of(), List.of()) : schema(type));
    }
  }

  @Test
  void everySchemaHasTheComponentsOfItsRecord() {
    Map<String, ObjectNode> expected = schemas();
    JsonNode described = document.at("/components/schemas");

    TreeSet<String> names = new TreeSet<>();
    described.fieldNames().forEachRemaining(names::add);
    names.remove("Problem");
    assertThat(names).isEqualTo(new TreeSet<>(expected.keySet()));
    expected.forEach(
        (name, schema) -> assertThat(withoutWords(described.get(name))).as(name).isEqualTo(schema));
  }

  private static List<Method> operations() {
    return Arrays.stream(Messenger.class.getDeclaredMethods())
        .filter(method -> !method.getName().equals("subscribe"))
        .toList();
  }

  private JsonNode post(Method method) {
    return document.get("paths").get(PATH + kebab(method.getName())).get("post");
  }

  private static ObjectNode request(Method method) {
    if (method.getName().equals("setUp")) {
      return reference("SetUp");
    }
    Map<String, ObjectNode> properties = new LinkedHashMap<>();
    for (Parameter parameter : method.getParameters()) {
      boolean duration = parameter.getType() == Duration.class;
      properties.put(
          duration ? withUnit(parameter.getName()) : parameter.getName(),
          schema(duration ? int.class : parameter.getParameterizedType()));
    }
    return object(properties, requiredOf(properties));
  }

  /// Times travel as whole numbers.
  private static String withUnit(String duration) {
    return duration.equals("life") ? "lifeHours" : duration + "Seconds";
  }

  /// What must be given: all but what may be null.
  private static List<String> requiredOf(Map<String, ObjectNode> properties) {
    return properties.keySet().stream()
        .filter(name -> !Objects.requireNonNull(properties.get(name)).path("type").isArray())
        .toList();
  }

  private static Map<String, ObjectNode> schemas() {
    Map<String, ObjectNode> found = new LinkedHashMap<>();
    Deque<Class<?>> open = new ArrayDeque<>(List.of(Event.class, ProblemKind.class));
    for (Method method : operations()) {
      open.addAll(named(method.getGenericReturnType()));
      Arrays.stream(method.getParameterTypes()).forEach(type -> open.addAll(named(type)));
    }
    while (!open.isEmpty()) {
      Class<?> type = open.pop();
      if (!found.containsKey(name(type))) {
        found.put(name(type), definition(type, open));
      }
    }
    return found;
  }

  private static ObjectNode definition(Class<?> type, Deque<Class<?>> open) {
    if (type.isEnum()) {
      ObjectNode definition = JSON.objectNode().put("type", "string");
      Arrays.stream(type.getEnumConstants())
          .forEach(value -> definition.withArray("enum").add(((Enum<?>) value).name()));
      return definition;
    }
    if (type.isSealed()) {
      ObjectNode definition = JSON.objectNode();
      for (Class<?> permitted : type.getPermittedSubclasses()) {
        definition.withArray("oneOf").add(reference(name(permitted)));
        open.add(permitted);
      }
      return definition;
    }
    Map<String, ObjectNode> properties = new LinkedHashMap<>();
    if (Event.class.isAssignableFrom(type)) {
      properties.put("type", JSON.objectNode().put("const", kebab(type.getSimpleName())));
    }
    for (RecordComponent component : type.getRecordComponents()) {
      properties.put(component.getName(), schema(component.getGenericType()));
      open.addAll(named(component.getGenericType()));
    }
    boolean comesIn = type == SetUp.class;
    return object(properties, comesIn ? requiredOf(properties) : List.copyOf(properties.keySet()));
  }

  private static List<Class<?>> named(Type type) {
    if (type instanceof ParameterizedType generic) {
      return named(generic.getActualTypeArguments()[0]);
    }
    Class<?> plain = (Class<?>) type;
    return plain.getPackageName().equals("im.waxwing.api") ? List.of(plain) : List.of();
  }

  private static ObjectNode schema(Type type) {
    if (type instanceof ParameterizedType generic) {
      ObjectNode inner = schema(generic.getActualTypeArguments()[0]);
      return generic.getRawType() == Optional.class ? nullable(inner) : array(inner);
    }
    Class<?> plain = (Class<?>) type;
    ObjectNode schema = JSON.objectNode();
    return switch (plain.getSimpleName()) {
      case "String" -> schema.put("type", "string");
      case "boolean" -> schema.put("type", "boolean");
      case "int" -> schema.put("type", "integer").put("format", "int32");
      case "long" -> schema.put("type", "integer").put("format", "int64");
      case "Instant" -> {
        assertThat(plain).isEqualTo(Instant.class);
        yield schema.put("type", "integer").put("format", "epoch-millis");
      }
      default -> reference(name(plain));
    };
  }

  private static ObjectNode array(ObjectNode items) {
    ObjectNode array = JSON.objectNode().put("type", "array");
    array.set("items", items);
    return array;
  }

  private static ObjectNode nullable(ObjectNode inner) {
    if (inner.has("type")) {
      inner.set("type", JSON.arrayNode().add(inner.get("type")).add("null"));
      return inner;
    }
    ObjectNode any = JSON.objectNode();
    any.withArray("anyOf").add(inner).add(JSON.objectNode().put("type", "null"));
    return any;
  }

  private static ObjectNode object(Map<String, ObjectNode> properties, List<String> required) {
    ObjectNode object = JSON.objectNode().put("type", "object").put("additionalProperties", false);
    required.forEach(object.withArray("required")::add);
    ObjectNode all = object.putObject("properties");
    properties.forEach(all::set);
    return object;
  }

  private static ObjectNode reference(String name) {
    return JSON.objectNode().put("$ref", "#/components/schemas/" + name);
  }

  private static String name(Class<?> type) {
    Class<?> outer = type.getEnclosingClass();
    return outer == null ? type.getSimpleName() : name(outer) + "." + type.getSimpleName();
  }

  private static String kebab(String name) {
    return name.replaceAll("(?<!^)([A-Z])", "-$1").toLowerCase(Locale.ROOT);
  }

  private static JsonNode withoutWords(JsonNode schema) {
    JsonNode copy = schema.deepCopy();
    copy.findParents("description").forEach(node -> ((ObjectNode) node).remove("description"));
    return copy;
  }

  private static JsonNode read() {
    try (InputStream in = OpenApi.open()) {
      return new ObjectMapper().readTree(in);
    } catch (IOException e) {
      throw new AssertionError("the document is JSON", e);
    }
  }
}
