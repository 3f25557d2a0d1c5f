package io.dlms4j.cosem.classes;

import static io.dlms4j.cosem.classes.StructureField.field;

import io.dlms4j.axdr.CosemDateTime;

/**
 * window_element: when data may be pushed (Blue Book 4.4.8).
 *
 * @param startTime when the window opens; may have wildcards
 * @param endTime when it closes; may have wildcards
 */
public record CommunicationWindow(CosemDateTime startTime, CosemDateTime endTime) {
  /** Its type. */
  public static final ValueType<CommunicationWindow> TYPE =
      ValueType.structure(
          "window_element",
          in -> new CommunicationWindow(in.next(ValueType.DATE_TIME), in.next(ValueType.DATE_TIME)),
          field("start_time", ValueType.DATE_TIME, CommunicationWindow::startTime),
          field("end_time", ValueType.DATE_TIME, CommunicationWindow::endTime));
}
