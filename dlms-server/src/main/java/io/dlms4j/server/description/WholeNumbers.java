package io.dlms4j.server.description;

import io.dlms4j.axdr.CosemData;
import io.dlms4j.axdr.DataTag;
import java.math.BigInteger;

/** The types of whole numbers: what they hold, and their Data. */
final class WholeNumbers {
  private WholeNumbers() {}

  static boolean isWhole(DataTag type) {
    return bits(type) != 0;
  }

  /** How many bits a number of the type has; negative if one of them is a sign. */
  private static int bits(DataTag type) {
    return switch (type) {
      case INTEGER -> -8;
      case LONG -> -16;
      case DOUBLE_LONG -> -32;
      case LONG64 -> -64;
      case UNSIGNED, ENUM, BCD -> 8;
      case LONG_UNSIGNED -> 16;
      case DOUBLE_LONG_UNSIGNED -> 32;
      case LONG64_UNSIGNED -> 64;
      default -> 0;
    };
  }

  static BigInteger least(DataTag type) {
    int bits = bits(type);
    return bits < 0 ? BigInteger.ONE.shiftLeft(-bits - 1).negate() : BigInteger.ZERO;
  }

  static BigInteger most(DataTag type) {
    int bits = bits(type);
    return BigInteger.ONE.shiftLeft(bits < 0 ? -bits - 1 : bits).subtract(BigInteger.ONE);
  }

  /** The Data of a number that is within the range of its type. */
  static CosemData data(DataTag type, BigInteger number) {
    return switch (type) {
      case INTEGER -> CosemData.integer(number.intValue());
      case LONG -> CosemData.longInteger(number.intValue());
      case DOUBLE_LONG -> CosemData.doubleLong(number.intValue());
      case LONG64 -> new CosemData.Long64Data(number.longValue());
      case UNSIGNED -> CosemData.unsigned(number.intValue());
      case LONG_UNSIGNED -> CosemData.longUnsigned(number.intValue());
      case DOUBLE_LONG_UNSIGNED -> CosemData.doubleLongUnsigned(number.longValue());
      case LONG64_UNSIGNED -> new CosemData.Long64UnsignedData(number.longValue());
      case ENUM -> CosemData.enumerated(number.intValue());
      case BCD -> new CosemData.BcdData(number.intValue());
      default -> throw new IllegalArgumentException(type + " is no whole number");
    };
  }

  /** The type that a computed value has. */
  static DataTag type(Json json) {
    DataTag type = DataTag.ofName(json.text());
    if (type == null || !isWhole(type)) {
      throw json.fault(
          Json.quoted(json.text()) + " is no type of whole numbers such as double-long-unsigned");
    }
    return type;
  }
}
