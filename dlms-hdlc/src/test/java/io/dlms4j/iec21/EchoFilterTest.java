package io.dlms4j.iec21;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.dlms4j.link.Payload;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class EchoFilterTest {
  private final EchoFilter filter = new EchoFilter();

  private String filter(String octets) {
    byte[] all = octets.getBytes(StandardCharsets.ISO_8859_1);
    Payload rest = filter.filter(all, 0, all.length);
    return new String(rest.toByteArray(), StandardCharsets.ISO_8859_1);
  }

  private void sent(String octets) {
    filter.sent(Payload.of(octets.getBytes(StandardCharsets.ISO_8859_1)));
  }

  @Test
  void whatWasSentIsTakenAwayAndWhatFollowsIsNot() {
    sent("/?!");
    assertEquals("/ABC", filter("/?!/ABC"));
    assertEquals("/?!", filter("/?!"));
  }

  @Test
  void anAnswerThatBeginsLikeTheEchoIsGivenBackWhole() {
    sent("/?!");
    assertEquals("", filter("/"));
    assertEquals("/ABC", filter("ABC"));
  }

  @Test
  void aDamagedEchoEndsTheFilteringUntilTheNextMessage() {
    sent("abcdef");
    assertEquals("abXdef", filter("abXdef"));
    sent("gh");
    assertEquals("", filter("gh"));
  }

  @Test
  void severalMessagesOnTheirWayAreTakenAwayOneAfterTheOther() {
    sent("ab");
    sent("cd");
    assertEquals("", filter("abc"));
    assertEquals("e", filter("de"));
  }

  @Test
  void whatNeverComesBackIsNotKeptForEver() {
    for (int i = 0; i < 10_000; i++) {
      sent("0123456789");
    }
    sent("x".repeat(9000));
    assertEquals("abc", filter("abc"));
  }

  @Property(tries = 200)
  void anyChunksOfEchoAndAnswerLeaveTheAnswer(
      @ForAll @Size(min = 1, max = 50) byte[] message,
      @ForAll @Size(max = 50) byte[] answer,
      @ForAll @IntRange(min = 1, max = 20) int chunk) {
    filter.reset();
    filter.sent(Payload.of(message.clone()));
    byte[] line = new byte[message.length + answer.length];
    System.arraycopy(message, 0, line, 0, message.length);
    System.arraycopy(answer, 0, line, message.length, answer.length);
    ByteArrayOutputStream rest = new ByteArrayOutputStream();
    for (int at = 0; at < line.length; at += chunk) {
      Payload part = filter.filter(line, at, Math.min(chunk, line.length - at));
      rest.write(part.array(), part.offset(), part.length());
    }
    assertArrayEquals(answer, rest.toByteArray());
  }
}
