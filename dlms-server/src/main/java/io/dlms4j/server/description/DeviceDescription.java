package io.dlms4j.server.description;

import io.dlms4j.server.DlmsServer;
import io.dlms4j.server.LinkProfile;
import io.dlms4j.server.LogicalDevice;
import io.dlms4j.server.PhysicalDevice;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/**
 * A device that is described in JSON: its logical devices, their associations, and objects with
 * values that are constant or computed. The package says what such a text looks like.
 *
 * <pre>{@code
 * DeviceDescription description = DeviceDescription.read(Path.of("meter.json"));
 * try (DlmsServer server = description.start(new InetSocketAddress(4059), Wrapper.defaults())) {
 *   ...
 * }
 * }</pre>
 *
 * <p>Needs Jackson (tools.jackson.core:jackson-databind) at run time, on which nothing else of this
 * module depends. Immutable: every device that is made of it has values of its own.
 */
public final class DeviceDescription {
  /** The most octets of a file, and the most characters of a text. */
  public static final int MOST_OCTETS = 16 << 20;

  private final DevicePlan plan;

  private DeviceDescription(DevicePlan plan) {
    this.plan = plan;
  }

  /**
   * Reads a file.
   *
   * @param file JSON in UTF-8, up to {@link #MOST_OCTETS} octets
   * @return the description
   * @throws IOException if it cannot be read
   * @throws DescriptionException if it describes no device
   */
  public static DeviceDescription read(Path file) throws IOException {
    byte[] octets;
    try (InputStream in = Files.newInputStream(file)) {
      octets = in.readNBytes(MOST_OCTETS + 1);
    }
    if (octets.length > MOST_OCTETS) {
      throw tooLong();
    }
    try {
      return parse(StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(octets)).toString());
    } catch (CharacterCodingException e) {
      throw new DescriptionException("$", "the text is not UTF-8");
    }
  }

  /**
   * Reads a text.
   *
   * @param json up to {@link #MOST_OCTETS} characters
   * @return the description
   * @throws DescriptionException if it describes no device: says where in the text, and why
   */
  public static DeviceDescription parse(String json) {
    if (json.length() > MOST_OCTETS) {
      throw tooLong();
    }
    DeviceDescription description = new DeviceDescription(DevicePlan.read(Json.parse(json)));
    try {
      // What the parts of a device refuse, as a whole, is to be known now and not at the start.
      description.assemble(InstantSource.fixed(Instant.EPOCH), false);
    } catch (IllegalArgumentException e) {
      throw new DescriptionException("$", String.valueOf(e.getMessage()));
    }
    return description;
  }

  private static DescriptionException tooLong() {
    return new DescriptionException("$", "the text has more than " + MOST_OCTETS + " octets");
  }

  /**
   * Makes a device that goes by the time of this computer.
   *
   * @return a new device, whose profiles are filled as described
   */
  public PhysicalDevice device() {
    return device(InstantSource.system());
  }

  /**
   * Makes a device.
   *
   * @param clock what time it is; asked on the threads of the lines
   * @return a new device, whose profiles are filled as described
   */
  public PhysicalDevice device(InstantSource clock) {
    return assemble(clock, true);
  }

  private PhysicalDevice assemble(InstantSource clock, boolean running) {
    DeviceTime time = new DeviceTime(clock);
    Instant start = clock.instant();
    long oldest =
        plan.logicalDevices().stream()
            .flatMap(each -> each.profiles().stream())
            .mapToLong(ObjectPlan.Profile::prefillSeconds)
            .max()
            .orElse(0);
    Instant birth = start.minusSeconds(oldest);
    List<LogicalDevice> devices = new ArrayList<>();
    List<ProfileRows> rows = new ArrayList<>();
    for (DevicePlan.Logical each : plan.logicalDevices()) {
      ProfileRows its = new ProfileRows(time);
      devices.add(each.create(time, birth, its));
      rows.add(its);
    }
    PhysicalDevice device =
        PhysicalDevice.of(plan.physicalAddress(), devices.toArray(LogicalDevice[]::new));
    for (int i = 0; running && i < rows.size(); i++) {
      rows.get(i).begin(devices.get(i), start);
    }
    return device;
  }

  /**
   * Makes a device and puts it on a TCP port.
   *
   * @param address where to listen; port 0 lets the system choose one
   * @param profile the link that is spoken there, such as {@link io.dlms4j.server.Hdlc#defaults()}
   *     or {@link io.dlms4j.server.Wrapper#defaults()}
   * @return the running server, to be closed
   * @throws io.dlms4j.transport.LineException if the port cannot be opened
   * @throws IllegalArgumentException if the link cannot reach a logical device
   */
  public DlmsServer start(InetSocketAddress address, LinkProfile profile) {
    return DlmsServer.builder().device(device()).tcp(address, profile).start();
  }

  /** How many logical devices and objects; no values, and no passwords. */
  @Override
  public String toString() {
    return "device "
        + plan.physicalAddress()
        + " with "
        + plan.logicalDevices().size()
        + " logical devices, "
        + plan.logicalDevices().stream().mapToInt(each -> each.objects().size()).sum()
        + " objects";
  }
}
