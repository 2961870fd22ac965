package com.example.engine;

import dev.avocet.core.Device;
import dev.avocet.core.model.ModelFiles;
import dev.avocet.core.model.Params;
import dev.avocet.core.net.Net;
import dev.avocet.core.net.NetOptions;
import dev.avocet.core.net.NetProvider;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;

/**
 * An engine in plain Java for networks of one kind: the mean of every square cell of a picture. Its
 * files end in {@code .cells} and hold JSON, {@code {"cell": 8}}. It has no options.
 */
public final class CellsProvider implements NetProvider {
  @Override
  public String name() {
    return "cells";
  }

  @Override
  public String version() {
    return "1.0";
  }

  @Override
  public Optional<String> unavailable() {
    return Optional.empty();
  }

  @Override
  public boolean runsOn(String deviceName) {
    return deviceName.equals("cpu");
  }

  @Override
  public boolean reads(String fileName) {
    return fileName.endsWith(".cells");
  }

  @Override
  public Net open(
      ModelFiles files, String file, String weights, Device device, NetOptions options) {
    options.checkKnown(name(), Set.of());
    String text = new String(files.read(file), StandardCharsets.UTF_8);
    Params json = Params.parse(files.origin() + "/" + file, text);
    int cell = json.intValue("cell");
    if (cell < 1) {
      throw json.error("cell", "1 or more pixels");
    }
    return new CellsNet(cell);
  }
}
