package io.dlms4j.server.push;

import io.dlms4j.cosem.classes.CaptureObjectDefinition;
import io.dlms4j.cosem.classes.CommunicationWindow;
import io.dlms4j.cosem.classes.RepetitionDelay;
import java.util.List;

/**
 * The attributes of a Push setup object that can be written (Blue Book 4.4.8). Immutable.
 *
 * @param objects what is pushed, in this order: push_object_list
 * @param destination where to: send_destination_and_method
 * @param windows when it is allowed, none for always: communication_window
 * @param randomisationStartInterval seconds, 0..65535, the most that a push is put off by chance so
 *     that not all meters push at once
 * @param numberOfRetries how often a push that has failed is tried again, 0..255
 * @param repetitionDelay how long after a failure
 */
public record PushSettings(
    List<CaptureObjectDefinition> objects,
    PushDestination destination,
    List<CommunicationWindow> windows,
    int randomisationStartInterval,
    int numberOfRetries,
    RepetitionDelay repetitionDelay) {
  /** Elements of either list. */
  static final int MOST_ELEMENTS = 1024;

  /** Nothing is pushed, and to nowhere; it is tried again three times, after a minute each. */
  public static final PushSettings NONE =
      new PushSettings(List.of(), PushDestination.NONE, List.of(), 0, 3, RepetitionDelay.of(60));

  /**
   * Keeps copies of the lists.
   *
   * @throws IllegalArgumentException if a number has no wire form, or a list has more than 1024
   *     elements
   */
  public PushSettings {
    objects = List.copyOf(objects);
    windows = List.copyOf(windows);
    if (objects.size() > MOST_ELEMENTS || windows.size() > MOST_ELEMENTS) {
      throw new IllegalArgumentException("a list of more than " + MOST_ELEMENTS + " elements");
    }
    if (randomisationStartInterval < 0 || randomisationStartInterval > 0xFFFF) {
      throw new IllegalArgumentException(
          "randomisation_start_interval " + randomisationStartInterval + " is not within 0..65535");
    }
    if (numberOfRetries < 0 || numberOfRetries > 0xFF) {
      throw new IllegalArgumentException(
          "number_of_retries " + numberOfRetries + " is not within 0..255");
    }
  }

  /**
   * The same with another list of objects.
   *
   * @param list what is pushed
   * @return the settings
   */
  public PushSettings withObjects(List<CaptureObjectDefinition> list) {
    return new PushSettings(
        list, destination, windows, randomisationStartInterval, numberOfRetries, repetitionDelay);
  }

  /**
   * The same with another destination.
   *
   * @param to where to
   * @return the settings
   */
  public PushSettings withDestination(PushDestination to) {
    return new PushSettings(
        objects, to, windows, randomisationStartInterval, numberOfRetries, repetitionDelay);
  }

  /**
   * The same with other windows.
   *
   * @param list when pushing is allowed
   * @return the settings
   */
  public PushSettings withWindows(List<CommunicationWindow> list) {
    return new PushSettings(
        objects, destination, list, randomisationStartInterval, numberOfRetries, repetitionDelay);
  }

  /**
   * The same with another random delay.
   *
   * @param seconds 0..65535
   * @return the settings
   * @throws IllegalArgumentException if it is out of range
   */
  public PushSettings withRandomisationStartInterval(int seconds) {
    return new PushSettings(
        objects, destination, windows, seconds, numberOfRetries, repetitionDelay);
  }

  /**
   * The same with other repetitions.
   *
   * @param retries how often a push that has failed is tried again, 0..255
   * @param delay how long after a failure
   * @return the settings
   * @throws IllegalArgumentException if a number is out of range
   */
  public PushSettings withRetries(int retries, RepetitionDelay delay) {
    return new PushSettings(
        objects, destination, windows, randomisationStartInterval, retries, delay);
  }

  PushSchedule.Rules rules() {
    return new PushSchedule.Rules(
        windows, randomisationStartInterval, numberOfRetries, repetitionDelay);
  }
}
