package io.dlms4j.client.push;

import io.dlms4j.axdr.AxdrException;
import io.dlms4j.axdr.CosemDateTime;
import io.dlms4j.axdr.EncodedData;
import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.AttributeRef;
import io.dlms4j.cosem.apdu.Apdu;
import io.dlms4j.cosem.apdu.DataNotification;
import io.dlms4j.cosem.apdu.EventNotification;
import io.dlms4j.cosem.apdu.InformationReport;
import io.dlms4j.cosem.security.Protection;
import io.dlms4j.cosem.security.SystemTitle;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A notification as it was delivered.
 *
 * @param source where it has come from
 * @param originator who has proved to have sent it; null if it came in clear
 * @param protection what it had, its association's included; unmodifiable, empty if it came in
 *     clear
 * @param inBlocks whether it came by general block transfer
 * @param notification a {@link DataNotification}, an {@link EventNotification} or an {@link
 *     InformationReport}
 */
public record ReceivedNotification(
    PushSource source,
    @Nullable SystemTitle originator,
    Set<Protection> protection,
    boolean inBlocks,
    Apdu notification) {
  /** Keeps a copy of the protection. */
  public ReceivedNotification {
    protection = Set.copyOf(protection);
  }

  /**
   * The value that is told, to be had as a tree or from a pull reader.
   *
   * @return the body of a DataNotification, the value of the attribute of an EventNotification, or
   *     the first value of an InformationReport; nothing if that has none
   */
  public Optional<EncodedData> value() {
    if (notification instanceof InformationReport report) {
      return report.values().stream().findFirst();
    }
    return notification instanceof EventNotification event
        ? Optional.of(event.value())
        : notification instanceof DataNotification data
            ? Optional.of(data.body())
            : Optional.empty();
  }

  /**
   * All values that are told.
   *
   * @return one, or those of an InformationReport in their order
   */
  public List<EncodedData> values() {
    return notification instanceof InformationReport report
        ? report.values()
        : value().stream().toList();
  }

  /**
   * The attribute whose value it is.
   *
   * @return that of an EventNotification; what a DataNotification holds, a Push setup object says
   */
  public Optional<AttributeRef> attribute() {
    return notification instanceof EventNotification event
        ? Optional.of(event.attribute())
        : Optional.empty();
  }

  /**
   * When it was made, as the meter says.
   *
   * @return the date-time of a DataNotification or an EventNotification; nothing if it says none,
   *     or one that is no date-time
   */
  public Optional<CosemDateTime> dateTime() {
    Octets octets =
        notification instanceof DataNotification data
            ? data.dateTime()
            : notification instanceof EventNotification event ? event.time() : null;
    if (octets == null || octets.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(CosemDateTime.decode(octets));
    } catch (AxdrException e) {
      return Optional.empty();
    }
  }

  /**
   * The number of a DataNotification.
   *
   * @return its long-invoke-id, 0..2^24-1
   */
  public OptionalInt longInvokeId() {
    return notification instanceof DataNotification data
        ? OptionalInt.of(data.longInvokeIdAndPriority().longInvokeId())
        : OptionalInt.empty();
  }

  /**
   * Whether the meter waits for a Data-Notification-Confirm.
   *
   * @return the service class of a DataNotification; nothing else is confirmed
   */
  public boolean isConfirmed() {
    return notification instanceof DataNotification data
        && data.longInvokeIdAndPriority().isConfirmed();
  }
}
