package io.dlms4j.server.description;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dlms4j.server.PhysicalDevice;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** A text describes a device, or is refused in words: nothing else happens. */
class DeviceDescriptionPropertiesTest {
  private static final Instant NOW = Instant.parse("2026-01-31T12:07:00Z");
  private static final String TEXT = text();

  /** What is put somewhere, for one character at random seldom means anything. */
  private static final List<String> PIECES =
      List.of(
          "-1",
          "0",
          "1",
          "99999",
          "4294967296",
          "1e9",
          "0.5",
          "null",
          "true",
          "\"\"",
          "\"RW\"",
          "{}",
          "[]",
          "{\"clock\": true}",
          "{\"unsigned\": 1}",
          ",",
          "\"",
          "}",
          "]",
          "\u0000",
          "é",
          "\uD800");

  private static String text() {
    try (InputStream in = DeviceDescriptionPropertiesTest.class.getResourceAsStream("meter.json")) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static boolean isDevice(String text) {
    try {
      PhysicalDevice device = DeviceDescription.parse(text).device(InstantSource.fixed(NOW));
      assertFalse(device.logicalDevices().isEmpty());
      return true;
    } catch (DescriptionException e) {
      assertTrue(e.path().startsWith("$"), e.path());
      assertFalse(e.reason().isEmpty());
      assertFalse(
          String.valueOf(e.getMessage()).contains("s3cretWord"), String.valueOf(e.getMessage()));
      return false;
    }
  }

  /** From one token to the end of another, or of the same. */
  private static String mutated(Random random) {
    StringBuilder text = new StringBuilder(TEXT);
    for (int i = random.nextInt(3); i >= 0; i--) {
      int from = random.nextInt(text.length());
      int to = Math.min(text.length(), from + random.nextInt(12));
      String piece = PIECES.get(random.nextInt(PIECES.size()));
      text.replace(from, to, piece);
    }
    return text.toString();
  }

  /** Another value in the place of a whole one, so that the text stays JSON. */
  private static String exchanged(Random random) {
    List<MatchResult> values =
        Pattern.compile("(?<=: |\\{|, )(\"[^\"]*\"|-?[0-9.]+|true|null)")
            .matcher(TEXT)
            .results()
            .toList();
    MatchResult at = values.get(random.nextInt(values.size()));
    String piece =
        random.nextBoolean()
            ? values.get(random.nextInt(values.size())).group().replace("s3cretWord", "none")
            : PIECES.get(random.nextInt(PIECES.size()));
    return TEXT.substring(0, at.start()) + piece + TEXT.substring(at.end());
  }

  @Property(tries = 2000)
  void aTextThatIsChangedAnywhereIsADeviceOrRefused(@ForAll long seed) {
    isDevice(mutated(new Random(seed)));
  }

  @Property(tries = 2000)
  void aTextOfWhichOneValueIsAnotherIsADeviceOrRefused(@ForAll long seed) {
    isDevice(exchanged(new Random(seed)));
  }

  @Example
  void theTextItselfIsADevice() {
    assertTrue(isDevice(TEXT));
  }

  @Property(tries = 500)
  void aTextThatEndsTooSoonIsRefused(@ForAll long seed) {
    int end = new Random(seed).nextInt(TEXT.stripTrailing().length());
    assertFalse(isDevice(TEXT.substring(0, end)));
  }
}
