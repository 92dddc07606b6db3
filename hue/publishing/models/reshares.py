"""Posts of ours that pass on what somebody else wrote elsewhere."""

from django.db import models

from hue.publishing.models.posts import Post


class Reshare(models.Model):
    """Whose words a post passes on: their name and address stay in it, whoever edits it."""

    post = models.OneToOneField(Post, on_delete=models.CASCADE, related_name="reshare")
    uri = models.CharField(max_length=500)  # of their post, as servers name it
    page = models.CharField(max_length=500)  # for people
    credit = models.CharField(max_length=500)  # "@name on host"
    inbox = models.CharField(max_length=500)  # of who wrote it

    def __str__(self) -> str:
        return self.uri
