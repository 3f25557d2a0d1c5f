package io.dlms4j.benchmarks;

/**
 * What each benchmark is measured against: the least that the one case needs, written by hand for
 * it.
 */
final class Floor {
  private static final int POLYNOMIAL = 0x8408;
  private static final int SLICES = 8;
  private static final int GOOD = 0xF0B8;

  private static final int[][] TABLES = tables();

  private Floor() {}

  private static int[][] tables() {
    int[][] tables = new int[SLICES][256];
    for (int octet = 0; octet < 256; octet++) {
      int value = octet;
      for (int bit = 0; bit < 8; bit++) {
        value = (value & 1) == 0 ? value >>> 1 : (value >>> 1) ^ POLYNOMIAL;
      }
      tables[0][octet] = value;
    }
    for (int slice = 1; slice < SLICES; slice++) {
      for (int octet = 0; octet < 256; octet++) {
        int before = tables[slice - 1][octet];
        tables[slice][octet] = (before >>> 8) ^ tables[0][before & 0xFF];
      }
    }
    return tables;
  }

  /** FCS-16 of IEC 62056-46, eight octets a step. */
  static int fcs(byte[] octets, int offset, int length) {
    return ~register(octets, offset, length) & 0xFFFF;
  }

  private static int register(byte[] octets, int offset, int length) {
    int register = 0xFFFF;
    int at = offset;
    int end = offset + length;
    while (end - at >= SLICES) {
      register =
          TABLES[7][(octets[at] ^ register) & 0xFF]
              ^ TABLES[6][(octets[at + 1] ^ (register >>> 8)) & 0xFF]
              ^ TABLES[5][octets[at + 2] & 0xFF]
              ^ TABLES[4][octets[at + 3] & 0xFF]
              ^ TABLES[3][octets[at + 4] & 0xFF]
              ^ TABLES[2][octets[at + 5] & 0xFF]
              ^ TABLES[1][octets[at + 6] & 0xFF]
              ^ TABLES[0][octets[at + 7] & 0xFF];
      at += SLICES;
    }
    while (at < end) {
      register = (register >>> 8) ^ TABLES[0][(octets[at++] ^ register) & 0xFF];
    }
    return register;
  }

  /**
   * An I frame of a client with one-octet addresses: flags, format, length, addresses, HCS and FCS
   * checked, sequence number compared, and what follows the LLC header handed out; nothing of it if
   * anything is wrong.
   */
  static byte[] information(byte[] line, int sequence) {
    int length = ((line[1] & 0x07) << 8) | (line[2] & 0xFF);
    boolean good =
        line[0] == 0x7E
            && line[length + 1] == 0x7E
            && (line[1] & 0xF0) == 0xA0
            && line[3] == 0x03
            && line[4] == 0x21
            && (line[5] & 0x0F) == sequence << 1
            && register(line, 1, 7) == GOOD
            && register(line, 1, length) == GOOD;
    byte[] apdu = new byte[length - 12];
    System.arraycopy(line, 11, apdu, 0, apdu.length);
    return good ? apdu : new byte[0];
  }
}
