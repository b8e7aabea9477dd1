"""What a site keeps in redis_cache: keys that start with its database's name."""
import redis


def cache(config):
    return redis.Redis.from_url(config.get("redis_cache") or "redis://localhost:13311")


def clear_site_cache(site):
    store = cache(site.config)
    for key in store.scan_iter(match=f"{site.config['db_name']}|*", count=500):
        store.delete(key)
