package dev.offload.local;

import java.lang.reflect.Method;
import java.util.concurrent.ThreadFactory;

import dev.offload.ExecutorSpec;
import dev.offload.OffloadException;
import dev.offload.UnavailableExecutorTypeException;

/**
 * Virtual threads, one for each task. They are reached by reflection, for this code runs
 * on JDK 17 too.
 */
final class VirtualThreads implements TaskThreads {

	private final ThreadFactory factory;

	VirtualThreads(String executor) {
		this.factory = factory(executor);
	}

	private static ThreadFactory factory(String executor) {
		if (Runtime.version().feature() < 21) {
			throw new UnavailableExecutorTypeException(executor, ExecutorSpec.VIRTUAL,
					"needs JDK 21 or newer, and this is JDK " + Runtime.version().feature()
							+ "; use type thread, or a newer JDK");
		}
		try {
			Object builder = Thread.class.getMethod("ofVirtual").invoke(null);
			Class<?> type = Class.forName("java.lang.Thread$Builder");
			Method name = type.getMethod("name", String.class, long.class);
			return (ThreadFactory) type.getMethod("factory").invoke(name.invoke(builder, executor + "-task-", 1L));
		}
		catch (ReflectiveOperationException ex) {
			throw new OffloadException(executor, "Executor '" + executor + "': no virtual threads in this JDK", ex);
		}
	}

	@Override
	public void execute(Runnable action) {
		this.factory.newThread(action).start();
	}

	@Override
	public void close() {
		// nothing is kept
	}

}
