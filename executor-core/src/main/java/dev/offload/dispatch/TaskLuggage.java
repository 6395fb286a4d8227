package dev.offload.dispatch;

import org.jspecify.annotations.Nullable;

import dev.offload.spi.CarriedContext;
import dev.offload.spi.Payload;

/**
 * What travels with a task.
 *
 * @param payload its encoded form, {@code null} if the executor's type needs none
 * @param context what it takes along of its caller's thread
 * @param caller the thread that will wait for it, {@code null} if none will
 * @param release removes the files of its arguments, {@code null} if there are none
 */
record TaskLuggage(@Nullable Payload payload, CarriedContext context, @Nullable Thread caller,
		@Nullable Runnable release) {

}
