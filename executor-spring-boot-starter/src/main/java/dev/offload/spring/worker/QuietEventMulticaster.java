package dev.offload.spring.worker;

import org.jspecify.annotations.Nullable;
import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.context.event.SpringApplicationEvent;
import org.springframework.context.ApplicationEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.event.ApplicationContextEvent;
import org.springframework.context.event.ApplicationListenerMethodAdapter;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.SimpleApplicationEventMulticaster;
import org.springframework.core.ResolvableType;

/**
 * Tells of the life of the context to Spring's own listeners only: an application that
 * fills its cache when the context is refreshed does not mean each worker. The
 * application's own events reach all listeners, and so does the end of the context.
 */
final class QuietEventMulticaster extends SimpleApplicationEventMulticaster {

	private static final String SPRING = "org.springframework.";

	private final ConfigurableListableBeanFactory beans;

	QuietEventMulticaster(ConfigurableListableBeanFactory beans) {
		super(beans);
		this.beans = beans;
	}

	// A listener added by name is created when it is asked whether it wants an event.
	@Override
	public void addApplicationListenerBean(String name) {
		Class<?> type = this.beans.getType(name, false);
		if (type == null || isSpring(type) || !isQuietEvent(eventOf(type))) {
			super.addApplicationListenerBean(name);
		}
	}

	@Override
	public void multicastEvent(ApplicationEvent event, @Nullable ResolvableType type) {
		if (!isQuietEvent(event.getClass())) {
			super.multicastEvent(event, type);
			return;
		}
		ResolvableType eventType = (type != null) ? type : ResolvableType.forInstance(event);
		for (ApplicationListener<?> listener : getApplicationListeners(event, eventType)) {
			if (isSpring(listener)) {
				invokeListener(listener, event);
			}
		}
	}

	private static @Nullable Class<?> eventOf(Class<?> listener) {
		return ResolvableType.forClass(listener).as(ApplicationListener.class).getGeneric().resolve();
	}

	private static boolean isQuietEvent(@Nullable Class<?> event) {
		return event != null && event != ContextClosedEvent.class
				&& (ApplicationContextEvent.class.isAssignableFrom(event)
						|| SpringApplicationEvent.class.isAssignableFrom(event)
						|| AvailabilityChangeEvent.class.isAssignableFrom(event));
	}

	private static boolean isSpring(ApplicationListener<?> listener) {
		if (listener instanceof ApplicationListenerMethodAdapter method) {
			return method.getListenerId().startsWith(SPRING);
		}
		return isSpring(AopUtils.getTargetClass(listener));
	}

	private static boolean isSpring(Class<?> type) {
		return type.getName().startsWith(SPRING);
	}

}
