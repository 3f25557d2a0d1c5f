package io.dlms4j.cosem.acse;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/** The bits of the conformance block: which services a party can do (Green Book 9.4.6.1). */
public enum Conformance {
  /** Bit 1: general protection. */
  GENERAL_PROTECTION(1, "general-protection"),
  /** Bit 2: general block transfer. */
  GENERAL_BLOCK_TRANSFER(2, "general-block-transfer"),
  /** Bit 3: Read, with short names. */
  READ(3, "read"),
  /** Bit 4: Write, with short names. */
  WRITE(4, "write"),
  /** Bit 5: UnconfirmedWrite, with short names. */
  UNCONFIRMED_WRITE(5, "unconfirmed-write"),
  /** Bit 6: values may be sent as differences from those before. */
  DELTA_VALUE_ENCODING(6, "delta-value-encoding"),
  /** Bit 8: attribute 0 may be set. */
  ATTRIBUTE0_SUPPORTED_WITH_SET(8, "attribute0-supported-with-set"),
  /** Bit 9: priorities are honoured. */
  PRIORITY_MGMT_SUPPORTED(9, "priority-mgmt-supported"),
  /** Bit 10: attribute 0 may be got. */
  ATTRIBUTE0_SUPPORTED_WITH_GET(10, "attribute0-supported-with-get"),
  /** Bit 11: GET, or Read, in blocks. */
  BLOCK_TRANSFER_WITH_GET_OR_READ(11, "block-transfer-with-get-or-read"),
  /** Bit 12: SET, or Write, in blocks. */
  BLOCK_TRANSFER_WITH_SET_OR_WRITE(12, "block-transfer-with-set-or-write"),
  /** Bit 13: ACTION in blocks. */
  BLOCK_TRANSFER_WITH_ACTION(13, "block-transfer-with-action"),
  /** Bit 14: lists of references. */
  MULTIPLE_REFERENCES(14, "multiple-references"),
  /** Bit 15: InformationReport. */
  INFORMATION_REPORT(15, "information-report"),
  /** Bit 16: DataNotification. */
  DATA_NOTIFICATION(16, "data-notification"),
  /** Bit 17: ACCESS. */
  ACCESS(17, "access"),
  /** Bit 18: parameterised access, with short names. */
  PARAMETERIZED_ACCESS(18, "parameterized-access"),
  /** Bit 19: GET. */
  GET(19, "get"),
  /** Bit 20: SET. */
  SET(20, "set"),
  /** Bit 21: selective access. */
  SELECTIVE_ACCESS(21, "selective-access"),
  /** Bit 22: EventNotification. */
  EVENT_NOTIFICATION(22, "event-notification"),
  /** Bit 23: ACTION. */
  ACTION(23, "action");

  private static final Set<Conformance> LOGICAL_NAMES_ONLY =
      Collections.unmodifiableSet(
          EnumSet.of(
              ATTRIBUTE0_SUPPORTED_WITH_SET,
              PRIORITY_MGMT_SUPPORTED,
              ATTRIBUTE0_SUPPORTED_WITH_GET,
              BLOCK_TRANSFER_WITH_ACTION,
              ACCESS,
              GET,
              SET,
              SELECTIVE_ACCESS,
              EVENT_NOTIFICATION,
              ACTION));

  private static final Set<Conformance> SHORT_NAMES_ONLY =
      Collections.unmodifiableSet(
          EnumSet.of(READ, WRITE, UNCONFIRMED_WRITE, INFORMATION_REPORT, PARAMETERIZED_ACCESS));

  /** Octets of the block on the wire, without its unused-bits octet. */
  public static final int OCTETS = 3;

  private final int bit;
  private final String standardName;

  Conformance(int bit, String standardName) {
    this.bit = bit;
    this.standardName = standardName;
  }

  /**
   * The bit, counted from the most significant one of the first octet.
   *
   * @return 0..23
   */
  public int bit() {
    return bit;
  }

  /**
   * Whether a service may be negotiated in an application context: some belong to logical names,
   * some to short names, some to both.
   *
   * @param name how objects are referenced
   * @return false if the context has no such service
   */
  public boolean isOf(ApplicationContextName name) {
    return !(name.hasShortNames() ? LOGICAL_NAMES_ONLY : SHORT_NAMES_ONLY).contains(this);
  }

  private int mask() {
    return 0x80_0000 >>> bit;
  }

  /**
   * Packs a block.
   *
   * @param bits the services
   * @return 24 bits, as {@code 0x00181D} is read off the wire
   */
  public static int toBits(Set<Conformance> bits) {
    int block = 0;
    for (Conformance conformance : bits) {
      block |= conformance.mask();
    }
    return block;
  }

  /**
   * Unpacks a block. Reserved bits are ignored.
   *
   * @param block 24 bits
   * @return the services, unmodifiable
   */
  public static Set<Conformance> ofBits(int block) {
    Set<Conformance> bits = EnumSet.noneOf(Conformance.class);
    for (Conformance conformance : values()) {
      if ((block & conformance.mask()) != 0) {
        bits.add(conformance);
      }
    }
    return Collections.unmodifiableSet(bits);
  }

  /** The name in the standard. */
  @Override
  public String toString() {
    return standardName;
  }
}
