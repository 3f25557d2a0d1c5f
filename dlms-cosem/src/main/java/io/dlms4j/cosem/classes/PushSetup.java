package io.dlms4j.cosem.classes;

import io.dlms4j.axdr.CosemDateTime;
import io.dlms4j.cosem.ObisCode;
import java.util.List;

/**
 * A Push setup object (class 40, versions 0 to 2; Blue Book 4.4.8).
 *
 * @param logicalName its OBIS code
 */
public record PushSetup(ObisCode logicalName) implements InterfaceObject {
  /** Attribute 2: what is pushed, in versions 0 and 1. */
  public static final AttributeDescriptor<List<CaptureObjectDefinition>> PUSH_OBJECT_LIST_0 =
      AttributeDescriptor.ofStatic(
          2, "push_object_list", ValueType.arrayOf(CaptureObjectDefinition.TYPE));

  /** Attribute 2: what is pushed. */
  public static final AttributeDescriptor<List<PushObject>> PUSH_OBJECT_LIST =
      AttributeDescriptor.ofStatic(2, "push_object_list", ValueType.arrayOf(PushObject.TYPE));

  /** Attribute 3: where to. */
  public static final AttributeDescriptor<SendDestination> SEND_DESTINATION_AND_METHOD =
      AttributeDescriptor.ofStatic(3, "send_destination_and_method", SendDestination.TYPE);

  /** Attribute 4: when; empty for always. */
  public static final AttributeDescriptor<List<CommunicationWindow>> COMMUNICATION_WINDOW =
      AttributeDescriptor.ofStatic(
          4, "communication_window", ValueType.arrayOf(CommunicationWindow.TYPE));

  /** Attribute 5: seconds, of which a random part is waited first. */
  public static final AttributeDescriptor<Integer> RANDOMISATION_START_INTERVAL =
      AttributeDescriptor.ofStatic(5, "randomisation_start_interval", ValueType.LONG_UNSIGNED);

  /** Attribute 6: tries after the first. */
  public static final AttributeDescriptor<Integer> NUMBER_OF_RETRIES =
      AttributeDescriptor.ofStatic(6, "number_of_retries", ValueType.UNSIGNED);

  /** Attribute 7: seconds between two tries, in versions 0 and 1. */
  public static final AttributeDescriptor<Integer> REPETITION_DELAY_0 =
      AttributeDescriptor.ofStatic(7, "repetition_delay", ValueType.LONG_UNSIGNED);

  /** Attribute 7: between two tries. */
  public static final AttributeDescriptor<RepetitionDelay> REPETITION_DELAY =
      AttributeDescriptor.ofStatic(7, "repetition_delay", RepetitionDelay.TYPE);

  /** Attribute 8: name of the setup object of the port; since version 1. */
  public static final AttributeDescriptor<ObisCode> PORT_REFERENCE =
      AttributeDescriptor.ofStatic(8, "port_reference", ValueType.LOGICAL_NAME);

  /** Attribute 9: client SAP of whom it is for; since version 1. */
  public static final AttributeDescriptor<Integer> PUSH_CLIENT_SAP =
      AttributeDescriptor.ofStatic(9, "push_client_SAP", ValueType.INTEGER);

  /** Attribute 10: how the data are protected; since version 1. */
  public static final AttributeDescriptor<List<PushProtection>> PUSH_PROTECTION_PARAMETERS =
      AttributeDescriptor.ofStatic(
          10, "push_protection_parameters", ValueType.arrayOf(PushProtection.TYPE));

  /**
   * Attribute 11: 0 unconfirmed, tried again if the layer below fails; 1 unconfirmed, tried again
   * if there is no confirmation; 2 confirmed, tried again likewise; since version 2.
   */
  public static final AttributeDescriptor<Integer> PUSH_OPERATION_METHOD =
      AttributeDescriptor.ofStatic(11, "push_operation_method", ValueType.ENUM);

  /** Attribute 12: how often data are pushed to be confirmed; since version 2. */
  public static final AttributeDescriptor<ConfirmationParameters> CONFIRMATION_PARAMETERS =
      AttributeDescriptor.ofStatic(12, "confirmation_parameters", ConfirmationParameters.TYPE);

  /** Attribute 13: when a push was confirmed at last; since version 2. */
  public static final AttributeDescriptor<CosemDateTime> LAST_CONFIRMATION_DATE_TIME =
      AttributeDescriptor.ofDynamic(13, "last_confirmation_date_time", ValueType.DATE_TIME);

  /** Method 1: pushes now. */
  public static final MethodDescriptor<Nothing, Nothing> PUSH = MethodDescriptor.of(1, "push");

  /** Method 2: gives up what is being pushed; since version 2. */
  public static final MethodDescriptor<Nothing, Nothing> RESET = MethodDescriptor.of(2, "reset");

  /** The class in version 0. */
  public static final InterfaceClass VERSION_0 =
      InterfaceClass.builder(40, 0, "Push setup")
          .attributes(
              PUSH_OBJECT_LIST_0,
              SEND_DESTINATION_AND_METHOD,
              COMMUNICATION_WINDOW,
              RANDOMISATION_START_INTERVAL,
              NUMBER_OF_RETRIES,
              REPETITION_DELAY_0)
          .methods(PUSH)
          .methodOffset(0x38)
          .build();

  /** The class in version 1, with a port and protection. */
  public static final InterfaceClass VERSION_1 =
      InterfaceClass.builder(40, 1, "Push setup")
          .attributes(
              PUSH_OBJECT_LIST_0,
              SEND_DESTINATION_AND_METHOD,
              COMMUNICATION_WINDOW,
              RANDOMISATION_START_INTERVAL,
              NUMBER_OF_RETRIES,
              REPETITION_DELAY_0,
              PORT_REFERENCE,
              PUSH_CLIENT_SAP,
              PUSH_PROTECTION_PARAMETERS)
          .methods(PUSH)
          .methodOffset(0x58)
          .build();

  /** The class in version 2. */
  public static final InterfaceClass CLASS =
      InterfaceClass.builder(40, 2, "Push setup")
          .attributes(
              PUSH_OBJECT_LIST,
              SEND_DESTINATION_AND_METHOD,
              COMMUNICATION_WINDOW,
              RANDOMISATION_START_INTERVAL,
              NUMBER_OF_RETRIES,
              REPETITION_DELAY,
              PORT_REFERENCE,
              PUSH_CLIENT_SAP,
              PUSH_PROTECTION_PARAMETERS,
              PUSH_OPERATION_METHOD,
              CONFIRMATION_PARAMETERS,
              LAST_CONFIRMATION_DATE_TIME)
          .methods(PUSH, RESET)
          .methodOffset(0x70)
          .build();

  /**
   * An object by its name.
   *
   * @param logicalName its OBIS code, as {@link ObisCode#of(String)} reads it
   * @return the object
   * @throws IllegalArgumentException if the text is no OBIS code
   */
  public static PushSetup at(String logicalName) {
    return new PushSetup(ObisCode.of(logicalName));
  }

  @Override
  public InterfaceClass interfaceClass() {
    return CLASS;
  }

  /**
   * Attribute 2.
   *
   * @return the attribute
   */
  public TypedAttribute<List<CaptureObjectDefinition>> pushObjectList0() {
    return attribute(PUSH_OBJECT_LIST_0);
  }

  /**
   * Attribute 2.
   *
   * @return the attribute
   */
  public TypedAttribute<List<PushObject>> pushObjectList() {
    return attribute(PUSH_OBJECT_LIST);
  }

  /**
   * Attribute 3.
   *
   * @return the attribute
   */
  public TypedAttribute<SendDestination> sendDestinationAndMethod() {
    return attribute(SEND_DESTINATION_AND_METHOD);
  }

  /**
   * Attribute 4.
   *
   * @return the attribute
   */
  public TypedAttribute<List<CommunicationWindow>> communicationWindow() {
    return attribute(COMMUNICATION_WINDOW);
  }

  /**
   * Attribute 5.
   *
   * @return the attribute
   */
  public TypedAttribute<Integer> randomisationStartInterval() {
    return attribute(RANDOMISATION_START_INTERVAL);
  }

  /**
   * Attribute 6.
   *
   * @return the attribute
   */
  public TypedAttribute<Integer> numberOfRetries() {
    return attribute(NUMBER_OF_RETRIES);
  }

  /**
   * Attribute 7.
   *
   * @return the attribute
   */
  public TypedAttribute<Integer> repetitionDelay0() {
    return attribute(REPETITION_DELAY_0);
  }

  /**
   * Attribute 7.
   *
   * @return the attribute
   */
  public TypedAttribute<RepetitionDelay> repetitionDelay() {
    return attribute(REPETITION_DELAY);
  }

  /**
   * Attribute 8.
   *
   * @return the attribute
   */
  public TypedAttribute<ObisCode> portReference() {
    return attribute(PORT_REFERENCE);
  }

  /**
   * Attribute 9.
   *
   * @return the attribute
   */
  public TypedAttribute<Integer> pushClientSap() {
    return attribute(PUSH_CLIENT_SAP);
  }

  /**
   * Attribute 10.
   *
   * @return the attribute
   */
  public TypedAttribute<List<PushProtection>> pushProtectionParameters() {
    return attribute(PUSH_PROTECTION_PARAMETERS);
  }

  /**
   * Attribute 11.
   *
   * @return the attribute
   */
  public TypedAttribute<Integer> pushOperationMethod() {
    return attribute(PUSH_OPERATION_METHOD);
  }

  /**
   * Attribute 12.
   *
   * @return the attribute
   */
  public TypedAttribute<ConfirmationParameters> confirmationParameters() {
    return attribute(CONFIRMATION_PARAMETERS);
  }

  /**
   * Attribute 13.
   *
   * @return the attribute
   */
  public TypedAttribute<CosemDateTime> lastConfirmationDateTime() {
    return attribute(LAST_CONFIRMATION_DATE_TIME);
  }

  /**
   * Method 1.
   *
   * @return the method
   */
  public TypedMethod<Nothing, Nothing> push() {
    return method(PUSH);
  }

  /**
   * Method 2.
   *
   * @return the method
   */
  public TypedMethod<Nothing, Nothing> reset() {
    return method(RESET);
  }
}
