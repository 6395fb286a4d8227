package dev.offload.spring;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;

import org.jspecify.annotations.Nullable;

public final class InnerChain {

	private InnerChain() {
	}

	public static @Nullable Object invoke(Object bean, Method method, @Nullable Object[] arguments) throws Throwable {
		try {
			return method.invoke(bean, arguments);
		}
		catch (InvocationTargetException ex) {
			throw ex.getTargetException();
		}
	}

}
