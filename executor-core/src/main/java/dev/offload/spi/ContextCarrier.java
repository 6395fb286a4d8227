package dev.offload.spi;

import java.util.Map;

import org.jspecify.annotations.Nullable;

import dev.offload.TaskStatus;

/**
 * Takes along with each task what belongs to its caller's thread: the current trace, the
 * values of a log, a language. In the service it captures this as texts, which travel
 * with the task; where the task runs it restores it for the length of the task. It serves
 * all threads at once.
 * <p>
 * In an application with beans, carriers are beans of this type, in the service and in
 * its workers; elsewhere they are found by {@link java.util.ServiceLoader}. They are
 * asked in their order, and the first one is the outermost around a task. What a carrier
 * throws is logged and changes nothing: the task runs, without what that carrier would
 * have brought.
 */
public interface ContextCarrier {

	/**
	 * The name by which the two sides find each other: letters, digits, dots, dashes and
	 * underscores, used by no other carrier.
	 * @return the name
	 */
	String name();

	/**
	 * Captures what is to travel with a task. Called on the thread that submits it,
	 * before anything else is done with it.
	 * @param task the task
	 * @return what travels, {@link Carried#NOTHING} if there is nothing
	 */
	Carried capture(TaskDescription task);

	/**
	 * Restores what was captured, on the thread that will run the task. Called only where
	 * there is at least one entry. If it fails it leaves nothing behind.
	 * @param entries what was captured
	 * @return what takes it back
	 */
	Scope restore(Map<String, String> entries);

	/**
	 * Restores once more what was captured, for one of the items that a task makes after
	 * its end: it may be called for each, on any thread of the service. By default the
	 * same as {@link #restore}; what counts or times tasks there does not count these.
	 * @param entries what was captured
	 * @return what takes it back
	 */
	default Scope resume(Map<String, String> entries) {
		return restore(entries);
	}

	/**
	 * Remembers what {@link #capture} looks for on this thread. Other threads of the
	 * service submit tasks for it later, such as those of a batch.
	 * @return puts it on another thread; by default nothing
	 */
	default Origin origin() {
		return Origin.NONE;
	}

	/**
	 * The thread for which tasks are submitted by others, as far as a carrier looks at
	 * it.
	 */
	@FunctionalInterface
	interface Origin {

		/**
		 * Nothing was remembered.
		 */
		Origin NONE = () -> Scope.NONE;

		/**
		 * Puts what was remembered on this thread, while it submits a task. May be called
		 * any number of times.
		 * @return what takes it back
		 */
		Scope enter();

	}

	/**
	 * What a carrier has captured for one task. It is told what becomes of the task in
	 * the service, by the threads that do it: its methods are quick and never block. Each
	 * task is either rejected or ended, once; as a rule it is started before it ends.
	 */
	interface Carried {

		/**
		 * Nothing travels.
		 */
		Carried NOTHING = Map::of;

		/**
		 * What travels. All carriers together have {@value ContextCarriers#MAX_ENTRIES}
		 * entries of {@value ContextCarriers#MAX_BYTES} bytes in UTF-8; a carrier whose
		 * entries do not fit into what is left, or cannot be written so, sends none.
		 * @return names and values, none of which is {@code null}
		 */
		Map<String, String> entries();

		/**
		 * The task was refused: it will not run.
		 * @param failure what its caller gets
		 */
		default void rejected(Throwable failure) {
		}

		/**
		 * The task was handed to a slot. Called again if it was handed back and over
		 * again.
		 */
		default void started() {
		}

		/**
		 * The task came to its end, and its caller has not heard of it yet, unless it was
		 * cancelled.
		 * @param status how it ended
		 * @param failure what its caller gets, {@code null} if it gets a result
		 */
		default void ended(TaskStatus status, @Nullable Throwable failure) {
		}

	}

	/**
	 * What was restored around a task.
	 */
	@FunctionalInterface
	interface Scope extends AutoCloseable {

		/**
		 * Nothing was restored. No lambda: that of an interface with default methods
		 * costs a starting worker some milliseconds.
		 */
		Scope NONE = new Scope() {

			@Override
			public void close() {
			}

		};

		/**
		 * The task fails with this. Called before {@link #close()}.
		 * @param failure the exception
		 */
		default void failed(Throwable failure) {
		}

		/**
		 * Takes back what was restored: afterwards the thread is as it was before. Called
		 * once, on the same thread, however the task ends.
		 */
		@Override
		void close();

	}

}
