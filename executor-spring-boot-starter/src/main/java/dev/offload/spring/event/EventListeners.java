package dev.offload.spring.event;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationListener;
import org.springframework.context.Lifecycle;
import org.springframework.context.PayloadApplicationEvent;
import org.springframework.context.event.GenericApplicationListener;
import org.springframework.context.event.GenericApplicationListenerAdapter;
import org.springframework.context.support.AbstractApplicationContext;
import org.springframework.core.ResolvableType;

/**
 * Publishes events of the types that the application has listeners for. Those that hear
 * of everything, as parts of frameworks do, do not count. Safe for use by many threads.
 */
final class EventListeners implements SmartInitializingSingleton {

	private final ApplicationContext context;

	/** By type of event: whether there is a listener. */
	private final Map<Class<?>, Boolean> wanted = new ConcurrentHashMap<>();

	/** Written when the listeners are there. */
	private volatile boolean complete;

	EventListeners(ApplicationContext context) {
		this.context = context;
	}

	// Spring's own finds the methods that listen before this.
	@Override
	public void afterSingletonsInstantiated() {
		this.complete = true;
	}

	/**
	 * Whether it is known what the application listens for.
	 * @return {@code false} while its listeners are not all there
	 */
	boolean areKnown() {
		// What is made late is not told that all others are there.
		if (!this.complete && this.context instanceof Lifecycle running && running.isRunning()) {
			this.complete = true;
		}
		return this.complete;
	}

	/**
	 * Whether there is a listener for a type of event.
	 * @param type the type of the event
	 * @return {@code true} if there is one
	 */
	boolean want(Class<?> type) {
		return areKnown() && this.wanted.computeIfAbsent(type, this::find);
	}

	/**
	 * Publishes an event if there is a listener.
	 * @param type the type of the event
	 * @param event makes the event
	 */
	void publish(Class<?> type, Supplier<?> event) {
		if (want(type)) {
			this.context.publishEvent(event.get());
		}
	}

	private boolean find(Class<?> type) {
		for (ApplicationContext level = this.context; level != null; level = level.getParent()) {
			if (!(level instanceof AbstractApplicationContext known)
					|| known.getApplicationListeners().stream().anyMatch((listener) -> hears(listener, type))) {
				return true;
			}
		}
		return false;
	}

	private static boolean hears(ApplicationListener<?> listener, Class<?> type) {
		GenericApplicationListener generic = (listener instanceof GenericApplicationListener known) ? known
				: new GenericApplicationListenerAdapter(listener);
		return generic.supportsEventType(carried(type)) && !generic.supportsEventType(carried(Unheard.class));
	}

	private static ResolvableType carried(Class<?> type) {
		return ResolvableType.forClassWithGenerics(PayloadApplicationEvent.class, type);
	}

	/**
	 * Nobody listens for this.
	 */
	private static final class Unheard {

	}

}
