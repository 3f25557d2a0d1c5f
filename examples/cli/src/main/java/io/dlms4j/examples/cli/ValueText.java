package io.dlms4j.examples.cli;

import io.dlms4j.axdr.CosemData;
import io.dlms4j.axdr.CosemDateTime;
import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.AttributeRef;
import io.dlms4j.cosem.ObisCode;
import io.dlms4j.cosem.classes.Clock;

/** Values as a person reads them. */
final class ValueText {
  private static final int LOGICAL_NAME = 1;

  private ValueText() {}

  /** A value on one line if it is simple, as a tree if it is not. */
  static String of(AttributeRef attribute, CosemData value) {
    if (value instanceof CosemData.ArrayData || value instanceof CosemData.StructureData) {
      return new Tree().data(value).toString();
    }
    if (value instanceof CosemData.OctetStringData octetString) {
      Octets octets = octetString.value();
      if (attribute.attributeIndex() == LOGICAL_NAME && octets.length() == ObisCode.OCTETS) {
        return ObisCode.ofOctets(octets).map(ObisCode::toString).orElseThrow();
      }
      if (attribute.classId() == Clock.CLASS.classId() && octets.length() == CosemDateTime.OCTETS) {
        return value.dateTimeValue().toString();
      }
    }
    return simple(value);
  }

  private static String simple(CosemData value) {
    if (value instanceof CosemData.VisibleStringData || value instanceof CosemData.Utf8StringData) {
      return value.text();
    }
    if (value instanceof CosemData.UnsignedData
        || value instanceof CosemData.LongUnsignedData
        || value instanceof CosemData.DoubleLongUnsignedData
        || value instanceof CosemData.IntegerData
        || value instanceof CosemData.LongData
        || value instanceof CosemData.DoubleLongData
        || value instanceof CosemData.Long64Data
        || value instanceof CosemData.EnumData) {
      return Long.toString(value.integralValue());
    }
    return value.toString();
  }
}
