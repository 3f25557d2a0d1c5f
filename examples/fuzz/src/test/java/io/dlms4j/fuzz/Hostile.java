package io.dlms4j.fuzz;

import io.dlms4j.axdr.Octets;
import java.io.ByteArrayOutputStream;
import java.util.List;

/** Data made to exhaust whoever reads them: each is short, and claims to be very much. */
final class Hostile {
  private Hostile() {}

  static List<byte[]> data() {
    return List.of(
        nested(0x02, 4096),
        nested(0x01, 4096),
        // An array, and an octet-string, of 2^32-1.
        hex("01 84 FF FF FF FF"),
        hex("09 84 FF FF FF FF"),
        // As many as an int can hold, so that nothing but the octets is missing.
        hex("01 84 7F FF FF FF 00"),
        hex("04 84 7F FF FF FF 00"),
        // Arrays of 65,535 arrays of 65,535 null-data in a compact-array, and one octet.
        hex("13 02 02 01 FF FF 01 FF FF 00 11 01 07"),
        // The same eight deep.
        hex("13 02 02 01 FFFF 01 FFFF 01 FFFF 01 FFFF 01 FFFF 01 FFFF 01 FFFF 01 FFFF 00 11 01 07"),
        // Elements that take no octets.
        hex("13 00 01 07"),
        // Structures of structures of null-data that double at each level.
        doubling(14));
  }

  /** The same in a Get-Response. */
  static List<byte[]> responses() {
    return data().stream().map(data -> after(hex("C4 01 C1 00"), data)).toList();
  }

  static byte[] after(byte[] head, byte[] data) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.writeBytes(head);
    all.writeBytes(data);
    return all.toByteArray();
  }

  /** That many octets of arrays or structures of one in one another. */
  private static byte[] nested(int tag, int octets) {
    byte[] nested = new byte[octets];
    for (int i = 0; i < octets; i++) {
      nested[i] = (byte) (i % 2 == 0 ? tag : 1);
    }
    return nested;
  }

  private static byte[] doubling(int levels) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.write(0x13);
    all.writeBytes(hex("02 02 11"));
    for (int i = 0; i < levels - 1; i++) {
      all.writeBytes(hex("01 00 02"));
    }
    all.writeBytes(hex("00 08 01 02 03 04 05 06 07 08"));
    return all.toByteArray();
  }

  private static byte[] hex(String hex) {
    return Octets.ofHex(hex).toByteArray();
  }
}
