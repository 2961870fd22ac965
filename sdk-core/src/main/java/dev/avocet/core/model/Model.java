package dev.avocet.core.model;

import dev.avocet.core.AvocetException;
import dev.avocet.core.Status;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A model: networks and the meta info that says how to use them, in a folder or a zip file, in the
 * form that MMDeploy's exporter writes ({@code deploy.json}, {@code pipeline.json}) plus our
 * optional {@code avocet.json}.
 *
 * <pre>{@code
 * try (Model model = Model.open(Path.of("models/parcels"))) {
 *   System.out.println(model.deploy().task() + " " + model.card().labels());
 * }
 * }</pre>
 *
 * <p>Immutable and thread safe but for {@link #close}, which a handle that was made from the model
 * does not mind.
 */
public final class Model implements AutoCloseable {
  /** Far above any meta info; a tree of this much JSON still fits a small heap. */
  static final int MAX_JSON_BYTES = 4 << 20;

  private static final Logger LOG = LoggerFactory.getLogger(Model.class);

  private final ModelFiles files;
  private final DeployInfo deploy;
  private final PipelineSpec pipeline;
  private final ModelCard card;
  private final List<Params> documents = new ArrayList<>();

  private Model(ModelFiles files) {
    this.files = files;
    this.deploy = DeployInfo.parse(document(DeployInfo.FILE));
    this.pipeline = PipelineSpec.parse(document(PipelineSpec.FILE));
    this.card =
        files.has(ModelCard.FILE) ? ModelCard.parse(document(ModelCard.FILE)) : ModelCard.EMPTY;
  }

  /**
   * Opens a model folder, a zip file, or a bare {@code .onnx} file whose metadata properties hold
   * the other files: {@code pipeline.json} at least, each by its name.
   *
   * @throws AvocetException FILE_NOT_FOUND where the path or a file of the model is missing,
   *     INVALID_ARG where the zip or a JSON file is wrong (with file, JSON path, what was expected
   *     and found), OUT_OF_RANGE above the limits (a zip file of 2 GB or 200 times its packed size,
   *     a JSON file of 4 MB), NOT_SUPPORTED for pipelines of an unknown kind and for an {@code
   *     .onnx} file without such a property, OUT_OF_MEMORY where the heap cannot hold what a zip
   *     file unpacks to
   */
  public static Model open(Path path) {
    if (Files.isDirectory(path)) {
      return of(ModelFiles.directory(path));
    }
    if (!Files.exists(path)) {
      throw new AvocetException(
          Status.FILE_NOT_FOUND, "there is no model " + path + ": give a folder or a zip file");
    }
    boolean onnx = path.toString().endsWith(".onnx") && Files.isRegularFile(path);
    return of(onnx ? OnnxFiles.read(path) : ZipFiles.read(path));
  }

  /**
   * Opens a zip file or a bare {@code .onnx} file held in memory.
   *
   * @param file the bytes; those of an {@code .onnx} file must not be changed until the model is
   *     closed
   * @throws AvocetException as {@link #open}
   */
  public static Model of(byte[] file) {
    return of(
        OnnxFiles.isOnnx(file) ? OnnxFiles.read(ZipFiles.IN_MEMORY, file) : ZipFiles.read(file));
  }

  /**
   * Opens a model on files of any kind, which the model closes.
   *
   * @throws AvocetException as {@link #open}
   */
  public static Model of(ModelFiles files) {
    try {
      return new Model(files);
    } catch (RuntimeException e) {
      files.close();
      throw e;
    }
  }

  private Params document(String file) {
    String name = files.origin() + "/" + file;
    byte[] text = files.read(file);
    if (text.length > MAX_JSON_BYTES) {
      throw new AvocetException(
          Status.OUT_OF_RANGE,
          "%s: bytes=%d, meta info has at most %d".formatted(name, text.length, MAX_JSON_BYTES));
    }
    Params json = new Params(name, "$", Json.parse(name, text));
    documents.add(json);
    return json;
  }

  /** The networks' and dictionaries' files. */
  public ModelFiles files() {
    return files;
  }

  /** {@code deploy.json}. */
  public DeployInfo deploy() {
    return deploy;
  }

  /** {@code pipeline.json}. */
  public PipelineSpec pipeline() {
    return pipeline;
  }

  /** {@code avocet.json}, or an empty card. */
  public ModelCard card() {
    return card;
  }

  /**
   * The entry of {@code deploy.json} that a Net task names.
   *
   * @throws AvocetException INVALID_ARG where there is none
   */
  public DeployInfo.NetFile net(String name) {
    return deploy.nets().stream()
        .filter(net -> net.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                AvocetException.invalidArgument(
                    "%s: the Net task \"%s\" of pipeline.json is not in deploy.json, which has %s"
                        .formatted(
                            files.origin(),
                            name,
                            deploy.nets().stream().map(DeployInfo.NetFile::name).toList())));
  }

  /** Logs, in one line, the keys of the meta info that nothing has read by now. */
  public void logUnreadKeys() {
    List<String> unread = new ArrayList<>();
    documents.forEach(json -> unread.addAll(json.unread()));
    if (!unread.isEmpty()) {
      LOG.info("{}: keys without effect: {}", files.origin(), unread);
    }
  }

  /** Ends access to the model's files. */
  @Override
  public void close() {
    files.close();
  }
}
