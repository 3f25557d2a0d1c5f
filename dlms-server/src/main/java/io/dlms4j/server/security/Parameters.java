package io.dlms4j.server.security;

import io.dlms4j.axdr.AxdrException;
import io.dlms4j.axdr.CosemData;
import java.util.List;

/**
 * Takes method invocation parameters apart, stricter than {@link CosemData} does. What is of
 * another type than the Blue Book says is an {@link AxdrException}, which the server answers with
 * type-unmatched.
 */
final class Parameters {
  private static final String CLAUSE = "Blue Book 4.4.7";

  private Parameters() {}

  static int enumeration(CosemData data) {
    if (data instanceof CosemData.EnumData value) {
      return value.value();
    }
    throw unexpected("an enum", data);
  }

  static List<CosemData> array(CosemData data) {
    if (data instanceof CosemData.StructureData) {
      throw unexpected("an array", data);
    }
    return data.elements();
  }

  private static AxdrException unexpected(String what, CosemData data) {
    return new AxdrException(
        AxdrException.Kind.MALFORMED,
        AxdrException.NO_OFFSET,
        "expected " + what + ", found " + data.tag(),
        CLAUSE);
  }
}
