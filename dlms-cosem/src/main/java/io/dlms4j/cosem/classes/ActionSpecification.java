package io.dlms4j.cosem.classes;

import static io.dlms4j.cosem.classes.StructureField.field;

import io.dlms4j.axdr.CosemData;
import io.dlms4j.cosem.ObisCode;

/**
 * action_specification: one thing that a script does (Blue Book 4.5.2).
 *
 * @param serviceId whether it writes or invokes
 * @param classId class of the object that it is done to, 0..65535
 * @param logicalName name of that object
 * @param index index of the attribute or method; 0 for all public attributes
 * @param parameter the value, or the parameter of the method
 */
public record ActionSpecification(
    ServiceId serviceId, int classId, ObisCode logicalName, int index, CosemData parameter) {
  private static final ValueType<ServiceId> SERVICE_ID =
      ValueType.enumOf("service_id", ServiceId.values());

  /** Its type. */
  public static final ValueType<ActionSpecification> TYPE =
      ValueType.structure(
          "action_specification",
          in ->
              new ActionSpecification(
                  in.next(SERVICE_ID),
                  in.next(ValueType.LONG_UNSIGNED),
                  in.next(ValueType.LOGICAL_NAME),
                  in.next(ValueType.INTEGER),
                  in.next(ValueType.ANY)),
          field("service_id", SERVICE_ID, ActionSpecification::serviceId),
          field("class_id", ValueType.LONG_UNSIGNED, ActionSpecification::classId),
          field("logical_name", ValueType.LOGICAL_NAME, ActionSpecification::logicalName),
          field("index", ValueType.INTEGER, ActionSpecification::index),
          field("parameter", ValueType.ANY, ActionSpecification::parameter));

  /** service_id: what is done. */
  public enum ServiceId implements Coded {
    /** An attribute is written. */
    WRITE(1),
    /** A method is invoked. */
    EXECUTE(2);

    private final int code;

    ServiceId(int code) {
      this.code = code;
    }

    /**
     * The number on the wire.
     *
     * @return 1..2
     */
    @Override
    public int code() {
      return code;
    }
  }
}
