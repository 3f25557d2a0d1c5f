package io.dlms4j.examples.cli;

import io.dlms4j.axdr.AxdrException;
import io.dlms4j.axdr.CosemData;
import io.dlms4j.axdr.CosemDate;
import io.dlms4j.axdr.CosemTime;
import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.AttributeRef;
import io.dlms4j.cosem.ObisCode;
import io.dlms4j.cosem.ScalerUnit;
import io.dlms4j.cosem.classes.AttributeDescriptor;
import io.dlms4j.cosem.classes.InterfaceClass;
import io.dlms4j.cosem.classes.InterfaceClasses;
import io.dlms4j.cosem.classes.ValueShape;
import io.dlms4j.cosem.classes.ValueType;
import java.util.List;
import java.util.Optional;

/**
 * Values as a person reads them, with the names of enums and fields where their class declares
 * them. What a meter sends that is something else than its class declares is shown as it is.
 */
final class ValueText {
  private static final int LOGICAL_NAME = 1;

  private ValueText() {}

  /** A value on one line if it is simple, as a tree if it is not. */
  static String of(AttributeRef attribute, CosemData value) {
    return of(type(InterfaceClasses.ofId(attribute.classId()), attribute.attributeIndex()), value);
  }

  /** The same, of a type that is known. */
  static String of(ValueType<?> type, CosemData value) {
    Tree tree = new Tree();
    add(tree, "", type, value);
    return tree.toString();
  }

  /** The type of an attribute, as far as its class is known; every class has a logical name. */
  static ValueType<?> type(Optional<InterfaceClass> interfaceClass, int attributeIndex) {
    if (attributeIndex == LOGICAL_NAME) {
      return ValueType.LOGICAL_NAME;
    }
    Optional<AttributeDescriptor<?>> attribute =
        interfaceClass.flatMap(each -> each.attribute(attributeIndex));
    return attribute.isPresent() ? attribute.get().type() : ValueType.ANY;
  }

  private static void add(Tree tree, String label, ValueType<?> type, CosemData value) {
    if (!(value instanceof CosemData.ArrayData) && !(value instanceof CosemData.StructureData)) {
      tree.line(label + simple(type.shape(), value));
      return;
    }
    List<CosemData> elements = value.elements();
    ValueShape shape = declared(type).shape();
    if (value instanceof CosemData.ArrayData) {
      ValueType<?> element =
          shape instanceof ValueShape.ArrayOf array ? array.element() : ValueType.ANY;
      tree.line(label + "array of " + elements.size());
      tree.inside(() -> elements.forEach(each -> add(tree, "", element, each)));
      return;
    }
    if (declared(type) == ValueType.SCALER_UNIT && scalerUnit(tree, label, value)) {
      return;
    }
    List<ValueShape.Field> fields =
        shape instanceof ValueShape.Structure structure
                && structure.fields().size() == elements.size()
            ? structure.fields()
            : List.of();
    tree.line(label + "structure of " + elements.size());
    tree.inside(
        () -> {
          for (int i = 0; i < elements.size(); i++) {
            boolean named = i < fields.size();
            add(
                tree,
                named ? fields.get(i).name() + ": " : "",
                named ? fields.get(i).type() : ValueType.ANY,
                elements.get(i));
          }
        });
  }

  private static ValueType<?> declared(ValueType<?> type) {
    return type.shape() instanceof ValueShape.OrNull orNull ? declared(orNull.type()) : type;
  }

  private static boolean scalerUnit(Tree tree, String label, CosemData value) {
    try {
      ScalerUnit scalerUnit = ValueType.SCALER_UNIT.decode(value);
      tree.line(label + "scaler " + scalerUnit.scaler() + ", unit " + scalerUnit.unit());
      return true;
    } catch (AxdrException e) {
      return false;
    }
  }

  private static String simple(ValueShape shape, CosemData value) {
    if (shape instanceof ValueShape.OrNull orNull) {
      return simple(orNull.type().shape(), value);
    }
    try {
      if (shape instanceof ValueShape.OctetStringOf octets) {
        return content(octets.content(), value);
      } else if (shape instanceof ValueShape.Enumeration enumeration) {
        long number = value.integralValue();
        String name = enumeration.names().get((int) number);
        return name == null ? Long.toString(number) : name + " (" + number + ")";
      }
    } catch (AxdrException e) {
      // Something else than the class declares: shown below as it is.
    }
    return simple(value);
  }

  private static String content(ValueShape.Content content, CosemData value) {
    if (!(value instanceof CosemData.OctetStringData octetString)) {
      return simple(value);
    }
    Octets octets = octetString.value();
    return switch (content) {
      case LOGICAL_NAME -> ObisCode.ofOctets(octets).map(ObisCode::toString).orElse(simple(value));
      case DATE_TIME -> value.dateTimeValue().toString();
      case DATE -> CosemDate.decode(octets).toString();
      case TIME -> CosemTime.decode(octets).toString();
    };
  }

  private static String simple(CosemData value) {
    if (value instanceof CosemData.BooleanData bool) {
      return Boolean.toString(bool.value());
    }
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
