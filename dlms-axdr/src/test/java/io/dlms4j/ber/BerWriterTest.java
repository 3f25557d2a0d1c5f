package io.dlms4j.ber;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.dlms4j.axdr.Octets;
import org.junit.jupiter.api.Test;

class BerWriterTest {
  /** The AARE with high level security of the Green Book's examples. */
  @Test
  void anAareIsWrittenAsTheGreenBookHasIt() {
    BerWriter w = new BerWriter();
    w.writeConstructed(
        0x61,
        aare ->
            aare.writeConstructed(
                    0xA1, name -> name.writePrimitive(0x06, Octets.ofHex("60857405080101")))
                .writeConstructed(0xA2, result -> result.writeInteger(0x02, 0))
                .writeConstructed(
                    0xA3,
                    source -> source.writeConstructed(0xA1, user -> user.writeInteger(0x02, 0x0E)))
                .writePrimitive(0x88, Octets.of(7, 0x80))
                .writePrimitive(0x89, Octets.ofHex("60857405080205"))
                .writeConstructed(
                    0xAA, value -> value.writePrimitive(0x80, Octets.ofAscii("P6wRJ21F")))
                .writeConstructed(
                    0xBE,
                    information ->
                        information.writePrimitive(
                            0x04, Octets.ofHex("0800065F1F040000501F01F40007"))));
    assertEquals(
        "6142A109060760857405080101A203020100A305A10302010E88020780890760857405080205"
            + "AA0A8008503677524A323146BE10040E0800065F1F040000501F01F40007",
        w.toOctets().toHex());
  }

  @Test
  void lengthsAreInTheirShortestForm() {
    assertEquals("0400", write(0).toHex());
    assertEquals("047F", write(127).slice(0, 2).toHex());
    assertEquals("048180", write(128).slice(0, 3).toHex());
    assertEquals("04820100", write(256).slice(0, 4).toHex());
    assertEquals(260, write(256).length());
  }

  private static Octets write(int length) {
    return new BerWriter().writePrimitive(0x04, Octets.view(new byte[length])).toOctets();
  }

  @Test
  void aTagOfTwoOctetsIsWritten() {
    assertEquals(
        "5F1F040000501F",
        new BerWriter().writePrimitive(0x5F1F, Octets.ofHex("0000501F")).toOctets().toHex());
  }

  @Test
  void elementsThatAreInBerAlreadyAreWrittenAsTheyAre() {
    assertEquals(
        "A106028101010500",
        new BerWriter()
            .writeConstructed(0xA1, in -> in.writeElements(Octets.ofHex("028101010500")))
            .toOctets()
            .toHex());
  }

  @Test
  void aTagOfTheWrongKindIsOurOwnErrorAndWritesNothing() {
    BerWriter w = new BerWriter();
    assertThrows(IllegalArgumentException.class, () -> w.writePrimitive(0xA1, Octets.EMPTY));
    assertThrows(IllegalArgumentException.class, () -> w.writeConstructed(0x81, inner -> {}));
    assertThrows(IllegalArgumentException.class, () -> w.writeInteger(0x22, 1));
    assertEquals(Octets.EMPTY, w.toOctets());
  }
}
