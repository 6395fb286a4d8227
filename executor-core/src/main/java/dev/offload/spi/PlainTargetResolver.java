package dev.offload.spi;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

import org.jspecify.annotations.Nullable;

import dev.offload.OffloadException;

/**
 * Finds static methods and methods of plain classes, without any container.
 */
public final class PlainTargetResolver implements TargetResolver {

	private static final Map<String, Class<?>> PRIMITIVES = Map.of("boolean", boolean.class, "byte", byte.class, "char",
			char.class, "short", short.class, "int", int.class, "long", long.class, "float", float.class, "double",
			double.class);

	private final ReentrantLock making = new ReentrantLock();

	/** Guarded by {@link #making}. */
	private final Map<Class<?>, Object> instances = new HashMap<>();

	@Override
	public BoundMethod resolve(MethodAddress address) throws Exception {
		ClassLoader loader = classLoader();
		Method method = findMethod(address, loader);
		return switch (address.kind()) {
			case STATIC, INSTANCE -> new ReflectiveMethod(method, null);
			case TYPE -> new ReflectiveMethod(method, instanceOf(Class.forName(address.target(), true, loader)));
			case BEAN -> throw new OffloadException(null, "There is no bean '" + address.target()
					+ "' here, for this worker or executor knows no beans; set worker.context to application, or call "
					+ "a static method or a class with a no-argument constructor");
		};
	}

	/**
	 * Finds the method of an address in the class that declares it.
	 * @param address the address
	 * @param loader the loader of the application's classes
	 * @return the method, made accessible
	 * @throws ReflectiveOperationException if there is none
	 */
	public static Method findMethod(MethodAddress address, ClassLoader loader) throws ReflectiveOperationException {
		Class<?>[] types = new Class<?>[address.parameterTypes().size()];
		for (int i = 0; i < types.length; i++) {
			String name = address.parameterTypes().get(i);
			Class<?> primitive = PRIMITIVES.get(name);
			types[i] = (primitive != null) ? primitive : Class.forName(name, false, loader);
		}
		Method method = Class.forName(address.declaringClass(), false, loader)
			.getDeclaredMethod(address.method(), types);
		method.setAccessible(true);
		return method;
	}

	private Object instanceOf(Class<?> type) throws ReflectiveOperationException {
		this.making.lock();
		try {
			Object instance = this.instances.get(type);
			if (instance == null) {
				instance = newInstance(type);
				this.instances.put(type, instance);
			}
			return instance;
		}
		finally {
			this.making.unlock();
		}
	}

	private static Object newInstance(Class<?> type) throws ReflectiveOperationException {
		Constructor<?> constructor;
		try {
			constructor = type.getDeclaredConstructor();
		}
		catch (NoSuchMethodException ex) {
			throw new OffloadException(null, type.getName() + " has no no-argument constructor, so no instance can be "
					+ "made where there are no beans; give it one, use a static method, or set worker.context to "
					+ "application", ex);
		}
		constructor.setAccessible(true);
		return constructor.newInstance();
	}

	/**
	 * Calls a method by reflection.
	 *
	 * @param method the method
	 * @param fixed the object to call it on, {@code null} if it is static or travels
	 */
	private record ReflectiveMethod(Method method, @Nullable Object fixed) implements BoundMethod {

		@Override
		public @Nullable Object invoke(@Nullable Object instance, @Nullable Object[] arguments) throws Throwable {
			try {
				return this.method.invoke((this.fixed != null) ? this.fixed : instance, arguments);
			}
			catch (InvocationTargetException ex) {
				throw ex.getTargetException();
			}
		}

	}

}
