package dev.offload.protocol;

import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import dev.offload.spi.Payload;

/**
 * What a service and its worker say to each other. Byte arrays are not copied.
 */
@SuppressWarnings("ArrayRecordComponent")
public sealed interface Message {

	/**
	 * First message of every connection, from the worker.
	 *
	 * @param token the worker's secret
	 * @param connection 0 for control, from 1 for slots, {@link #LOG} for the log
	 * @param pid the process id of the worker
	 * @param fingerprint what it says of its classes: the version of Offload, and after a
	 * space a digest of its class path
	 * @param pipes whether it has opened the named pipes of this connection, which goes
	 * on in them
	 */
	record Hello(String token, int connection, long pid, String fingerprint, boolean pipes) implements Message {

		/**
		 * The number of the connection that carries the log.
		 */
		public static final int LOG = -1;

		@Override
		public String toString() {
			return "Hello[connection=" + this.connection + ", pid=" + this.pid + "]";
		}

	}

	/**
	 * Control, to the worker: what it is to be.
	 *
	 * @param slots how many slot connections to open
	 * @param maxPayloadBytes the most bytes of a result
	 * @param ids what comes before the number of a task in its id
	 * @param heartbeatMillis how often to give a sign of life
	 * @param codec the class that turns objects into bytes
	 * @param resolver the class that finds targets
	 * @param initializer the class that prepares the worker, {@code null} for none
	 * @param initializerArguments its arguments
	 * @param settings what the resolver needs to know; may hold secrets
	 * @param applicationPackages packages admitted in payloads
	 * @param allowedTypes patterns of classes admitted in payloads
	 * @param spool the directory for the files of its results
	 * @param maxSpoolBytes the most bytes of one of them
	 * @param pipes the directory of the named pipes for its slots, empty for none
	 */
	record Configure(int slots, long maxPayloadBytes, String ids, long heartbeatMillis, String codec, String resolver,
			@Nullable String initializer, List<String> initializerArguments, Map<String, String> settings,
			List<String> applicationPackages, List<String> allowedTypes, String spool, long maxSpoolBytes,
			String pipes) implements Message {

		@Override
		public String toString() {
			return "Configure[slots=" + this.slots + ", resolver=" + this.resolver + "]";
		}

	}

	/**
	 * Control, from the worker: all slots are connected.
	 */
	record Ready() implements Message {
	}

	/**
	 * Control, from the worker: it lives. Sizes are in bytes.
	 *
	 * @param heapUsed how much of the heap is in use
	 * @param heapCommitted how much memory the heap has from the system
	 * @param heapMax how large the heap may become
	 * @param threads how many threads there are
	 */
	record Heartbeat(long heapUsed, long heapCommitted, long heapMax, int threads) implements Message {
	}

	/**
	 * Control, from the worker: it cannot become ready.
	 *
	 * @param failure the encoded exception
	 */
	record StartFailed(Payload failure) implements Message {
	}

	/**
	 * Slot, to the worker: run this.
	 *
	 * @param task the number of the task
	 * @param attempt what it is told of itself
	 * @param context what the task takes along of its caller's thread; may hold secrets
	 * @param method the method to call, {@code null} if the payload says what to run
	 * @param payload the encoded task, or the arguments of the method
	 */
	record Execute(long task, Attempt attempt, Map<String, String> context, @Nullable MethodNumber method,
			Payload payload) implements Message {

		/**
		 * Of a task that takes nothing along.
		 * @param task the number of the task
		 * @param payload the encoded task
		 */
		public Execute(long task, Payload payload) {
			this(task, Map.of(), null, payload);
		}

		/**
		 * Of a first attempt that has no limit.
		 * @param task the number of the task
		 * @param context what the task takes along
		 * @param method the method to call, {@code null} if the payload says what to run
		 * @param payload the encoded task, or the arguments of the method
		 */
		public Execute(long task, Map<String, String> context, @Nullable MethodNumber method, Payload payload) {
			this(task, Attempt.FIRST, context, method, payload);
		}

		@Override
		public String toString() {
			return "Execute[task=" + this.task + "]";
		}

	}

	/**
	 * Slot, from the worker: the task ended with a result.
	 *
	 * @param task the number of the task
	 * @param payload the encoded result
	 */
	record Completed(long task, Payload payload) implements Message {
	}

	/**
	 * Slot, from the worker: the task ended with an exception.
	 *
	 * @param task the number of the task
	 * @param payload the encoded exception
	 */
	record Failed(long task, Payload payload) implements Message {
	}

	/**
	 * Slot, from the worker: how far the task is. The number is that of the task whose
	 * answer is still to come.
	 *
	 * @param task the number of the task
	 * @param done how much is done
	 * @param total how much there is, {@code -1} if it is not known
	 * @param text what is being done, {@code null} for nothing to say
	 */
	record Progress(long task, long done, long total, @Nullable String text) implements Message {

		@Override
		public String toString() {
			return "Progress[task=" + this.task + "]";
		}

	}

	/**
	 * Slot, from the worker: items of the stream that the task has given. The answer
	 * comes after the last.
	 *
	 * @param task the number of the task
	 * @param payload for each item its length and the encoded item; with attachments one
	 * item only
	 */
	record Items(long task, Payload payload) implements Message {
	}

	/**
	 * Control, to the worker: how much of the stream of a task was taken.
	 *
	 * @param task the number of the task
	 * @param bytes how many bytes, since its beginning
	 */
	record Taken(long task, long bytes) implements Message {
	}

	/**
	 * Control, to the worker: interrupt this task.
	 *
	 * @param task the number of the task
	 */
	record Cancel(long task) implements Message {
	}

	/**
	 * Control, to the worker: tell the stacks of your threads. With the number of a task,
	 * interrupt it as soon as they are taken.
	 *
	 * @param task the number of the task, 0 for none
	 */
	record TakeDump(long task) implements Message {
	}

	/**
	 * Control, from the worker: the stacks of its threads.
	 *
	 * @param task the number of the task for which they were taken, 0 for none
	 * @param stack the innermost frames of the thread that runs the task, none if there
	 * is none
	 * @param text the stacks of all threads
	 */
	record ThreadDump(long task, List<String> stack, String text) implements Message {

		@Override
		public String toString() {
			return "ThreadDump[task=" + this.task + "]";
		}

	}

	/**
	 * Log, from the worker: something was logged.
	 *
	 * @param level its level, as SLF4J numbers them
	 * @param millis when, in milliseconds since 1970
	 * @param logger the name of its logger
	 * @param thread the name of the thread that logged it
	 * @param text its message
	 * @param context what the diagnostic context of the thread held
	 * @param failure the encoded exception, empty for none
	 */
	record LogEvent(int level, long millis, String logger, String thread, String text, Map<String, String> context,
			byte[] failure) implements Message {

		@Override
		public String toString() {
			return "LogEvent[logger=" + this.logger + "]";
		}

	}

	/**
	 * Log, from the worker: this many events were not sent, for the service read too
	 * slowly.
	 *
	 * @param count how many since the last such message
	 */
	record LogsDropped(long count) implements Message {
	}

	/**
	 * Control, to the worker: release what you hold and exit. Sent when no task runs.
	 */
	record Shutdown() implements Message {
	}

	/**
	 * Pipe, from a side to itself: whoever reads is to look up.
	 */
	record Nudge() implements Message {
	}

	/**
	 * Pipe: the next message comes through the socket.
	 */
	record BySocket() implements Message {
	}

	/**
	 * Slot: the next message comes through the memory that both sides have.
	 *
	 * @param place where it begins
	 */
	record ByMemory(long place) implements Message {
	}

	/**
	 * Slot, to the worker: have this file in your memory, for long messages.
	 *
	 * @param file its path
	 */
	record Share(String file) implements Message {
	}

	/**
	 * Slot, from the worker: whether it has the file in its memory.
	 *
	 * @param done whether it has
	 */
	record Shared(boolean done) implements Message {
	}

}
