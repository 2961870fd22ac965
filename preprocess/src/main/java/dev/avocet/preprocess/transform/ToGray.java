package dev.avocet.preprocess.transform;

import dev.avocet.core.AvocetException;
import dev.avocet.core.model.Params;
import dev.avocet.core.preprocess.Transform;
import dev.avocet.core.preprocess.TransformProvider;

/**
 * Makes grey of colours: {@code num_output_channels} (3, all the same, or 1), {@code method}
 * ({@code weighted_average}, the only one). After Albumentations' {@code ToGray}, with its
 * probability taken as 1 and true colours weighted whichever order the channels have. MMDeploy's
 * exporter drops the step, so its runtime feeds colours to a network that was trained without.
 */
public final class ToGray implements TransformProvider {
  @Override
  public String name() {
    return "ToGray";
  }

  @Override
  public Transform create(Params params) {
    int channels = params.intValue("num_output_channels", 3);
    if (channels != 1 && channels != 3) {
      throw params.error("num_output_channels", "1 or 3");
    }
    String method = params.text("method", "weighted_average");
    if (!method.equals("weighted_average")) {
      throw AvocetException.notSupported(
          "%s.method: \"%s\" is not supported: use weighted_average"
              .formatted(params.where(), method));
    }
    return sample -> sample.canvas().toGrey(channels);
  }
}
