package io.dlms4j.examples.cli;

import io.dlms4j.axdr.Octets;
import io.dlms4j.client.BlockingDlmsClient;
import io.dlms4j.client.ImageSource;
import io.dlms4j.client.ImageUpload;
import io.dlms4j.cosem.ObisCode;
import io.dlms4j.cosem.classes.ImageToActivate;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Puts an image into a meter. */
@Command(
    name = "image",
    description =
        "Transfers an image, such as firmware, into a meter, has it verified and, if asked to,"
            + " activated.")
final class ImageCommand implements Callable<Integer> {
  private static final String HEX = "0x";

  @Spec private CommandSpec spec = CommandSpec.create();

  @Mixin private MeterOptions meter = new MeterOptions();

  @Parameters(index = "1", paramLabel = "FILE", description = "The image.")
  private Path file = Path.of("");

  @Option(
      names = "--object",
      paramLabel = "OBIS",
      defaultValue = "0.0.44.0.0.255",
      description = "The meter's Image transfer object; by default ${DEFAULT-VALUE}.")
  private String object = "";

  @Option(
      names = "--identification",
      paramLabel = "TEXT",
      description =
          "By which the meter is told what the image is: text, or octets such as 0x4B414D; by"
              + " default the name of the file.")
  private @Nullable String identification;

  @Option(
      names = "--resume",
      description =
          "Goes on with a transfer that was cut off, of this same image: only blocks that the meter"
              + " lacks are sent.")
  private boolean resume;

  @Option(names = "--activate", description = "Has the image activated when it is verified.")
  private boolean activate;

  @Option(
      names = "--patience",
      paramLabel = "S",
      defaultValue = "300",
      description =
          "How long the meter may take for verifying, and for activating, in s; by default"
              + " ${DEFAULT-VALUE}.")
  private long patience;

  @Override
  public Integer call() {
    if (ObisCode.parse(object).isEmpty()) {
      throw new ParameterException(
          spec.commandLine(), "'" + object + "' is no OBIS code such as 0.0.44.0.0.255");
    }
    if (patience < 1 || patience > Duration.ofDays(1).toSeconds()) {
      throw new ParameterException(spec.commandLine(), "--patience is not within 1..86400");
    }
    Octets named = identification();
    ImageSource image = image();
    PrintWriter out = spec.commandLine().getOut();
    meter.connect(client -> print(upload(client, image, named), out));
    return 0;
  }

  private ImageUpload.Result upload(BlockingDlmsClient client, ImageSource image, Octets named) {
    try (ProgressBar bar = bar(image.size())) {
      return client.await(
          each ->
              each.imageTransfer(object)
                  .upload(image, named)
                  .resuming(resume)
                  .activating(activate)
                  .patience(Duration.ofSeconds(patience))
                  .progress(progress -> show(bar, progress))
                  .start());
    } catch (IllegalArgumentException e) {
      throw new CommandException(file + ": " + e.getMessage(), e);
    }
  }

  private Octets identification() {
    String text = identification;
    if (text == null) {
      return Octets.copyOf(String.valueOf(file.getFileName()).getBytes(StandardCharsets.UTF_8));
    }
    if (!text.startsWith(HEX)) {
      return Octets.copyOf(text.getBytes(StandardCharsets.UTF_8));
    }
    try {
      return Octets.ofHex(text.substring(HEX.length()));
    } catch (IllegalArgumentException e) {
      throw new ParameterException(
          spec.commandLine(), "'" + text + "' of --identification is no hexadecimal", e);
    }
  }

  private ImageSource image() {
    try {
      ImageSource image = ImageSource.of(file);
      if (image.size() == 0) {
        throw new CommandException(file + " is empty");
      }
      // Now, and not when the meter waits for the first block.
      image.read(0, 1);
      return image;
    } catch (IOException e) {
      throw new CommandException("cannot read " + file + ": " + e.getMessage(), e);
    }
  }

  /** On stderr, so that what is printed in the end can be kept. */
  private static ProgressBar bar(long octets) {
    return new ProgressBarBuilder()
        .setTaskName("image")
        .setInitialMax(octets)
        .setUnit(" octets", 1)
        .setStyle(ProgressBarStyle.ASCII)
        .setConsumer(new ConsoleProgressBarConsumer(System.err))
        .build();
  }

  private static void show(ProgressBar bar, ImageUpload.Progress progress) {
    bar.stepTo(progress.octets());
    bar.setExtraMessage(
        switch (progress.step()) {
          case PREPARING, INITIATING -> "preparing";
          case TRANSFERRING -> "block " + progress.blocks() + " of " + progress.allBlocks();
          case CHECKING -> "checking";
          case VERIFYING -> "verifying";
          case INSPECTING -> "inspecting";
          case ACTIVATING -> "activating";
          case DONE -> "done";
        });
  }

  private static void print(ImageUpload.Result result, PrintWriter out) {
    out.println(result.blocksSent() + " blocks sent");
    for (ImageToActivate each : result.images()) {
      out.println(
          "verified: "
              + each.size()
              + " octets, identification "
              + each.identification().toHex()
              + ", signature "
              + each.signature().toHex());
    }
    out.println(result.activated() ? "activated" : "not activated");
  }
}
