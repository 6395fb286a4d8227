package dev.offload.codec;

import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectInputStream;
import java.io.ObjectStreamClass;

/**
 * An object stream whose classes come from the loader of a scope, are asked for before
 * they are initialized, and are never dynamic proxies.
 */
final class ScopedObjectInputStream extends ObjectInputStream {

	private final ScopeFilter filter;

	ScopedObjectInputStream(InputStream in, ScopeFilter filter) throws IOException {
		super(in);
		this.filter = filter;
		setObjectInputFilter(filter);
		enableResolveObject(true);
	}

	@Override
	protected Class<?> resolveClass(ObjectStreamClass description) throws IOException, ClassNotFoundException {
		return this.filter.load(description.getName());
	}

	// The JDK asks no filter about strings, so all objects are counted here.
	@Override
	protected Object resolveObject(Object object) throws IOException {
		this.filter.count();
		return object;
	}

	@Override
	protected Class<?> resolveProxyClass(String[] interfaces) throws IOException {
		throw this.filter.refuse(ScopeFilter.PROXY + " of " + String.join(", ", interfaces));
	}

}
