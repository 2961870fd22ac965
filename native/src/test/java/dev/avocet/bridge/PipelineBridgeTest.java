package dev.avocet.bridge;

import static dev.avocet.core.Status.INVALID_ARG;
import static org.assertj.core.api.Assertions.assertThat;

import dev.avocet.Answer;
import dev.avocet.Pipeline;
import dev.avocet.core.Image;
import dev.avocet.core.Mask;
import dev.avocet.core.Rect;
import dev.avocet.core.Value;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Pipelines from text, and values in both directions. */
class PipelineBridgeTest {
  private static final String CODES =
      """
      {"type": "Pipeline", "input": "img", "output": ["codes", "pictures"], "tasks": [
        {"type": "Inference", "input": "img", "output": "codes", "params": {"model": "MODEL"}},
        {"type": "Task", "module": "CropBox", "input": ["pic=+img", "box=*codes"],
         "output": "*pictures"}]}
      """;

  private final CStructs c = new CStructs();

  @AfterEach
  void close() {
    c.close();
  }

  private long source(String json) {
    long source = c.zeros(Layouts.Source.BYTES);
    CStructs.int64(source + Layouts.Source.JSON, c.text(json));
    return source;
  }

  private void named(long source, String name, long model) {
    CStructs.int64(source + Layouts.Source.MODELS, c.int64s(c.text(name), model));
    CStructs.int32(source + Layouts.Source.MODEL_COUNT, 1);
  }

  @Test
  void shouldAnswerATreeOfValuesWithCopiesOfPictures() {
    long model = c.create(Types.MODEL, c.pathSource(Parcels.MODEL), 0);
    long source = source(CODES.replace("MODEL", "mine"));
    named(source, "mine", model);
    long handle = c.create(Types.PIPELINE, source, c.options());
    c.destroy(Types.MODEL, model);
    long place;
    try (Image picture = Parcels.picture()) {
      place = c.apply(Types.PIPELINE, handle, c.input(c.images(picture, picture), 2, 0));
    }
    c.destroy(Types.PIPELINE, handle);
    // The caller's picture and the handle are gone: what is left stands by itself.
    Value found = new ValueReader().read("answer", place);
    try (Image picture = Parcels.picture();
        Pipeline java =
            Pipeline.builder(CODES.replace("MODEL", "parcels"), Parcels.MODEL.getParent(), Map.of())
                .open();
        Answer wanted = java.run(List.of(picture, picture))) {
      assertThat(found.toJson()).isEqualTo(wanted.toJson());
      List<Value> pictures = found.get("pictures").items().get(1).items();
      List<Value> same = wanted.get("pictures").get(1).items();
      assertThat(pictures).isNotEmpty().hasSameSizeAs(same);
      for (int i = 0; i < same.size(); i++) {
        assertThat(ExpectedLines.of(pictures.get(i).asImage()))
            .isEqualTo(ExpectedLines.of(same.get(i).asImage()));
      }
    }
    c.release(Types.PIPELINE, place);
  }

  @Test
  void shouldTakePicturesAndBoxesAsValues() {
    long handle =
        c.create(
            Types.PIPELINE,
            source(
                """
                {"type": "Pipeline", "input": ["pic", "box"], "output": "part", "tasks": [
                  {"type": "Task", "module": "CropBox", "input": ["pic", "box"],
                   "output": "part"}]}
                """),
            0);
    try (Image picture = Parcels.picture()) {
      Value box =
          Value.object(
              Map.entry("bbox", Value.of(10, 20, 109, 69)), Map.entry("score", Value.of(0.5)));
      Value inputs =
          Value.object(
              Map.entry("pic", Value.of(List.of(Value.of(picture), Value.of(picture)))),
              Map.entry("box", Value.of(List.of(box, Value.nothing()))));
      long input = c.zeros(Layouts.Input.BYTES);
      long tree = CValues.lay(c, inputs);
      CStructs.int64(input + Layouts.Input.VALUES, tree);
      long answer = c.apply(Types.PIPELINE, handle, input);
      List<Value> parts = new ValueReader().read("answer", answer).get("part").items();
      assertThat(parts.get(0).asImage().width()).isEqualTo(99);
      assertThat(parts.get(1).asImage().width()).isEqualTo(picture.width());
      c.release(Types.PIPELINE, answer);
      // A circle: the object's first item is the object itself.
      CStructs.int64(tree + Layouts.Value.ITEMS, tree);
      Called.apply(c, INVALID_ARG, Types.PIPELINE, handle, input)
          .contains("values go at most 32 deep");
      CStructs.int64(tree + Layouts.Value.ITEMS, 0);
      Called.apply(c, INVALID_ARG, Types.PIPELINE, handle, input).startsWith("inputs.items=NULL");
      CStructs.int32(tree + Layouts.Value.COUNT, -2);
      Called.apply(c, INVALID_ARG, Types.PIPELINE, handle, input).startsWith("inputs.count=-2");
      CStructs.int32(tree + Layouts.Value.KIND, 9);
      Called.apply(c, INVALID_ARG, Types.PIPELINE, handle, input)
          .startsWith("inputs.kind=9: expected 0 to 8");
      CStructs.int32(tree + Layouts.Value.KIND, 2);
      Called.apply(c, INVALID_ARG, Types.PIPELINE, handle, input).contains("expected an object");
    }
    c.destroy(Types.PIPELINE, handle);
  }

  @Test
  void shouldKeepEveryKindOfValueOnItsWay() {
    byte[] pixels = new byte[12];
    pixels[5] = (byte) 255;
    Value mask = Value.opaque(new Mask(new Rect(-3, 7, 4, 3), pixels));
    Value tree =
        Value.object(
            Map.entry("nothing", Value.nothing()),
            Map.entry("flag", Value.of(true)),
            Map.entry("whole", Value.of(Long.MIN_VALUE)),
            Map.entry("real", Value.of(-0.125)),
            Map.entry("text", Value.of("ä \"b\"")),
            Map.entry("empty", Value.of(List.of())),
            Map.entry("mask", mask));
    long at = CValues.lay(c, tree);
    Value found = new ValueReader().read("value", at);
    assertThat(found.toJson()).isEqualTo(tree.toJson());
    Mask same = found.get("mask").as(Mask.class);
    assertThat(same.window()).isEqualTo(new Rect(-3, 7, 4, 3));
    assertThat(same.contains(-2, 8)).isTrue();
  }

  @Test
  void shouldRefuseSourcesThatAreWrong() {
    Called.create(c, INVALID_ARG, Types.PIPELINE, c.zeros(Layouts.Source.BYTES), 0)
        .startsWith("json=NULL");
    Called.create(c, INVALID_ARG, Types.PIPELINE, source("{"), 0)
        .startsWith("pipeline in memory: not JSON at line 1");
    long source = source(CODES);
    CStructs.int32(source + Layouts.Source.MODEL_COUNT, -1);
    Called.create(c, INVALID_ARG, Types.PIPELINE, source, 0).startsWith("model_count=-1");
    CStructs.int32(source + Layouts.Source.MODEL_COUNT, 1);
    Called.create(c, INVALID_ARG, Types.PIPELINE, source, 0).startsWith("models=NULL");
    named(source, "mine", 77);
    Called.create(c, INVALID_ARG, Types.PIPELINE, source, 0)
        .startsWith("the handle 0x4d did not come from this library");
  }

  @Test
  void shouldOpenThePipelineOfAModel() {
    long model = c.create(Types.MODEL, c.pathSource(Parcels.MODEL), 0);
    long handle = c.create(Types.PIPELINE, c.parentSource(model), 0);
    long stats = c.ask(Questions.STATS, handle, 0);
    assertThat(CMemory.text("stats", stats)).contains("\"stages\":[{\"name\":\"preprocess\"");
    c.release(Types.STRING, stats);
    c.destroy(Types.MODEL, model);
    c.destroy(Types.PIPELINE, handle);
  }
}
