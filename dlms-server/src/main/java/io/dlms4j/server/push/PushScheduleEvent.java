package io.dlms4j.server.push;

/** What a {@link PushSchedule} wants done. */
sealed interface PushScheduleEvent {
  /**
   * It is to be tried now.
   *
   * @param number which attempt, from 1 on
   */
  record Attempt(int number) implements PushScheduleEvent {}

  /**
   * The push is over.
   *
   * @param delivered whether an attempt has succeeded
   * @param attempts how many there were
   * @param again whether another push was asked for meanwhile
   */
  record Finished(boolean delivered, int attempts, boolean again) implements PushScheduleEvent {}
}
