package io.dlms4j.axdr;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class OctetsTest {
  @Test
  void aViewOfAPartEqualsAnOwnerOfTheSameOctets() {
    Octets view = Octets.view(new byte[] {9, 1, 2, (byte) 0xFF, 9}, 1, 3);
    Octets owner = Octets.of(1, 2, 0xFF);
    assertEquals(owner, view);
    assertEquals(owner.hashCode(), view.hashCode());
    assertNotEquals(owner, Octets.of(1, 2, 0xFE));
    assertNotEquals(owner, Octets.of(1, 2));
  }

  @Test
  void aCopyDoesNotFollowTheArrayItWasMadeFrom() {
    byte[] array = {1, 2, 3};
    Octets whole = Octets.copyOf(array);
    Octets part = Octets.copyOf(array, 1, 2);
    array[1] = 9;
    assertEquals(Octets.of(1, 2, 3), whole);
    assertEquals(Octets.of(2, 3), part);
  }

  @Test
  void aCopyOfAViewLetsGoOfTheLargeArray() {
    Octets view = Octets.view(new byte[1000], 500, 4);
    Octets copy = view.copy();
    assertEquals(view, copy);
    assertEquals(4, copy.array().length);
    assertSame(copy, copy.copy());
  }

  @Test
  void theArrayHandedOutIsTheCallersToChange() {
    Octets octets = Octets.of(1, 2, 3);
    byte[] array = octets.toByteArray();
    assertNotSame(octets.array(), array);
    array[0] = 9;
    assertEquals(1, octets.at(0));
    assertArrayEquals(new byte[] {2, 3}, octets.slice(1, 2).toByteArray());
  }

  @Test
  void octetsAreUnsigned() {
    assertEquals(0xFF, Octets.of(0xFF).at(0));
    assertTrue(Octets.of(0x7F).compareTo(Octets.of(0x80)) < 0);
    assertTrue(Octets.of(0x80).compareTo(Octets.of(0x80, 0)) < 0);
    assertEquals(0, Octets.of(5, 6).compareTo(Octets.of(4, 5, 6).slice(1, 2)));
    assertThrows(IllegalArgumentException.class, () -> Octets.of(256));
    assertThrows(IllegalArgumentException.class, () -> Octets.of(-1));
  }

  @Test
  void noIndexReachesOutsideAView() {
    Octets view = Octets.view(new byte[] {1, 2, 3, 4}, 1, 2);
    assertEquals(3, view.at(1));
    assertThrows(IndexOutOfBoundsException.class, () -> view.at(2));
    assertThrows(IndexOutOfBoundsException.class, () -> view.at(-1));
    assertThrows(IndexOutOfBoundsException.class, () -> view.slice(1, 2));
    assertThrows(IndexOutOfBoundsException.class, () -> Octets.view(new byte[2], 1, 2));
    assertThrows(IndexOutOfBoundsException.class, () -> Octets.copyOf(new byte[2], -1, 2));
  }

  @Test
  void hexadecimalIsReadWithBlanksAndInEitherCase() {
    Octets octets = Octets.ofHex(" 07 dd\n0A19 ");
    assertEquals(Octets.of(0x07, 0xDD, 0x0A, 0x19), octets);
    assertEquals("07DD0A19", octets.toHex());
    assertEquals("07 DD 0A 19", octets.toString());
    assertSame(Octets.EMPTY, Octets.ofHex(""));
    assertThrows(IllegalArgumentException.class, () -> Octets.ofHex("07D"));
    assertThrows(IllegalArgumentException.class, () -> Octets.ofHex("0G"));
  }

  @Test
  void onlyAsciiTextBecomesOctets() {
    assertEquals(Octets.of(0x4B, 0x41, 0x4D), Octets.ofAscii("KAM"));
    assertEquals("KAM", Octets.of(0x4B, 0x41, 0x4D).toAscii());
    assertEquals("K\uFFFD", Octets.of(0x4B, 0xE6).toAscii());
    assertThrows(IllegalArgumentException.class, () -> Octets.ofAscii("\u00E6"));
  }

  @Test
  void octetsAreCopiedIntoTheirPlace() {
    byte[] target = new byte[4];
    Octets.of(9, 1, 2).slice(1, 2).copyTo(target, 1);
    assertArrayEquals(new byte[] {0, 1, 2, 0}, target);
  }
}
