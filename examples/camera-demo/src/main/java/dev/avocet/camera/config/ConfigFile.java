package dev.avocet.camera.config;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.avocet.core.AvocetException;
import dev.avocet.core.Status;
import dev.avocet.core.model.Params;
import dev.avocet.track.Scene;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The configuration as a file of JSON; docs/camera.md has all its keys. Stateless. */
public final class ConfigFile {
  private static final long GIBIBYTE = 1L << 30;

  private static final Set<PosixFilePermission> OWNER =
      Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

  private ConfigFile() {}

  /**
   * Reads a configuration; what the file does not say is as in {@link CameraConfig#DEFAULT}.
   *
   * @throws AvocetException FILE_NOT_FOUND; INVALID_ARG with file and place of a mistake, which an
   *     unknown key is too
   */
  public static CameraConfig read(Path file) {
    try {
      return parse(file.toString(), Files.readString(file));
    } catch (IOException e) {
      throw new AvocetException(
          Status.FILE_NOT_FOUND, "the configuration %s cannot be read: %s".formatted(file, e), e);
    }
  }

  static CameraConfig parse(String file, String text) {
    Params json = Params.parse(file, text);
    CameraConfig absent = CameraConfig.DEFAULT;
    List<SourceConfig> sources = new ArrayList<>();
    for (Params source : json.has("sources") ? json.objects("sources") : List.<Params>of()) {
      sources.add(
          new SourceConfig(
              source.text("name"),
              source.text("input"),
              optional(source, "model"),
              source.has("scene") ? SceneJson.parse(source.object("scene")) : Scene.EMPTY));
    }
    CameraConfig config =
        new CameraConfig(
            sources,
            optional(json, "model"),
            json.has("models") ? json.texts("models") : List.of(),
            json.text("device", absent.device()),
            json.has("score") ? json.doubleValue("score") : absent.score(),
            json.has("server") ? server(json.object("server")) : absent.server(),
            json.has("results") ? results(json.object("results")) : absent.results(),
            json.has("clips") ? Optional.of(clips(json.object("clips"))) : Optional.empty());
    refuseUnknown(json);
    return config;
  }

  private static Optional<String> optional(Params json, String key) {
    return json.has(key) ? Optional.of(json.text(key)) : Optional.empty();
  }

  private static ServerConfig server(Params json) {
    ServerConfig absent = ServerConfig.DEFAULT;
    return new ServerConfig(
        json.text("host", absent.host()),
        json.intValue("port", absent.port()),
        optional(json, "token"),
        json.has("names") ? json.texts("names") : List.of(),
        optional(json, "certificate"),
        optional(json, "key"));
  }

  private static ResultsConfig results(Params json) {
    return new ResultsConfig(
        json.has("file") ? Optional.of(lines(json.object("file"))) : Optional.empty(),
        json.has("mqtt") ? Optional.of(mqtt(json.object("mqtt"))) : Optional.empty(),
        json.has("webhook") ? Optional.of(webhook(json.object("webhook"))) : Optional.empty());
  }

  private static ResultsConfig.Lines lines(Params json) {
    return new ResultsConfig.Lines(json.text("path"), bytes(json, "max_bytes", GIBIBYTE / 4));
  }

  private static ResultsConfig.Mqtt mqtt(Params json) {
    return new ResultsConfig.Mqtt(
        json.text("url"),
        json.text("topic", "avocet/{source}"),
        json.intValue("qos", 1),
        json.booleanValue("events_only", false),
        optional(json, "user"),
        optional(json, "password_file"),
        optional(json, "authority_file"));
  }

  private static ResultsConfig.Webhook webhook(Params json) {
    return new ResultsConfig.Webhook(
        json.text("url"),
        json.booleanValue("events_only", true),
        optional(json, "secret_file"),
        optional(json, "authority_file"));
  }

  private static ClipsConfig clips(Params json) {
    return new ClipsConfig(
        json.text("folder"),
        bytes(json, "quota_bytes", GIBIBYTE),
        json.doubleValue("before_seconds", 5),
        json.doubleValue("after_seconds", 5));
  }

  private static long bytes(Params json, String key, long absent) {
    double value = json.doubleValue(key, (double) absent);
    if (!(value >= 1) || value > Long.MAX_VALUE || value != Math.rint(value)) {
      throw json.error(key, "a whole number of bytes");
    }
    return (long) value;
  }

  /** A key that nobody has asked for is a mistake in writing. */
  static void refuseUnknown(Params json) {
    List<String> unread = json.unread();
    if (!unread.isEmpty()) {
      throw AvocetException.invalidArgument(
          "%s: there is nothing of the name \"%s\"".formatted(json.where(), unread.get(0)));
    }
  }

  /**
   * Writes a configuration in place of the file, at once: whoever reads meanwhile gets the old or
   * the new one. Only the file's owner may read it.
   *
   * @throws AvocetException FAIL where it cannot be written
   */
  public static void write(Path file, CameraConfig config) {
    Path part = file.resolveSibling(file.getFileName() + ".part");
    try {
      if (file.toAbsolutePath().getParent() != null) {
        Files.createDirectories(file.toAbsolutePath().getParent());
      }
      // Passwords of cameras and the token may be in it.
      Files.deleteIfExists(part);
      Files.createFile(part, PosixFilePermissions.asFileAttribute(OWNER));
      Files.writeString(part, json(config).toPrettyString() + "\n");
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new AvocetException(
          Status.FAIL, "the configuration %s cannot be written: %s".formatted(file, e), e);
    }
  }

  static ObjectNode json(CameraConfig config) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    ArrayNode sources = json.putArray("sources");
    for (SourceConfig source : config.sources()) {
      ObjectNode one = sources.addObject().put("name", source.name()).put("input", source.input());
      put(one, "model", source.model());
      one.set("scene", SceneJson.of(source.scene()));
    }
    put(json, "model", config.model());
    config.models().forEach(json.putArray("models")::add);
    json.put("device", config.device()).put("score", config.score());
    ServerConfig server = config.server();
    ObjectNode page =
        json.putObject("server").put("host", server.host()).put("port", server.port());
    put(page, "token", server.token());
    server.names().forEach(page.putArray("names")::add);
    put(page, "certificate", server.certificate());
    put(page, "key", server.key());
    ObjectNode results = json.putObject("results");
    config
        .results()
        .file()
        .ifPresent(
            f -> results.putObject("file").put("path", f.path()).put("max_bytes", f.maxBytes()));
    config.results().mqtt().ifPresent(m -> put(results.putObject("mqtt"), m));
    config.results().webhook().ifPresent(w -> put(results.putObject("webhook"), w));
    config
        .clips()
        .ifPresent(
            c ->
                json.putObject("clips")
                    .put("folder", c.folder())
                    .put("quota_bytes", c.quotaBytes())
                    .put("before_seconds", c.beforeSeconds())
                    .put("after_seconds", c.afterSeconds()));
    return json;
  }

  private static void put(ObjectNode json, ResultsConfig.Mqtt mqtt) {
    json.put("url", mqtt.url())
        .put("topic", mqtt.topic())
        .put("qos", mqtt.qos())
        .put("events_only", mqtt.eventsOnly());
    put(json, "user", mqtt.user());
    put(json, "password_file", mqtt.passwordFile());
    put(json, "authority_file", mqtt.authorityFile());
  }

  private static void put(ObjectNode json, ResultsConfig.Webhook webhook) {
    json.put("url", webhook.url()).put("events_only", webhook.eventsOnly());
    put(json, "secret_file", webhook.secretFile());
    put(json, "authority_file", webhook.authorityFile());
  }

  private static void put(ObjectNode json, String key, Optional<String> value) {
    value.ifPresent(text -> json.put(key, text));
  }
}
